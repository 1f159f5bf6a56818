// Functions on paths: what they do, trailing slashes, and what the permissions of a preopened directory
// forbid.
#include "guest.h"

#include <sys/stat.h>

namespace wasmc::wasi::test {
namespace {

class PathFunctionsTest : public GuestTest {
 protected:
  void SetUp() override {
    write(root() / "file", "file");
    write(root() / "other", "other");
    fs::create_directories(root() / "dir");
    fs::create_directories(root() / "full" / "sub");
    fs::create_symlink("file", root() / "to-file");
    fs::create_symlink("dir", root() / "to-dir");
    fs::create_symlink("nowhere", root() / "dangling");
    fs::create_symlink("../outside", root() / "leak");
    start(config());
  }

  Errno mkdir(std::string_view path) { return one<&path_create_directory>(path); }
  Errno rmdir(std::string_view path) { return one<&path_remove_directory>(path); }
  Errno unlink(std::string_view path) { return one<&path_unlink_file>(path); }
  Errno rename(std::string_view from, std::string_view to, Fd old_fd = kRoot, Fd new_fd = kRoot) {
    const Text a = text(from), b = text(to, 0x3000);
    return call<&path_rename>(old_fd, a.at, a.size, new_fd, b.at, b.size);
  }
  Errno link(std::string_view from, std::string_view to, LookupFlags flags = {}, Fd old_fd = kRoot,
             Fd new_fd = kRoot) {
    const Text a = text(from), b = text(to, 0x3000);
    return call<&path_link>(old_fd, flags, a.at, a.size, new_fd, b.at, b.size);
  }
  Errno symlink(std::string_view target, std::string_view path) {
    const Text a = text(target), b = text(path, 0x3000);
    return call<&path_symlink>(a.at, a.size, kRoot, b.at, b.size);
  }
  std::string readlink(std::string_view path, uint32_t size = 100) {
    const Text at = text(path);
    const Errno error = call<&path_readlink>(kRoot, at.at, at.size, 0x5000, size, kOut);
    return error == Errno::Success ? bytes(0x5000, get<uint32_t>(kOut)) : errnoName(error);
  }
  Errno setTimes(std::string_view path, LookupFlags lookup, Timestamp mtim = 7'000'000'000) {
    const Text at = text(path);
    return call<&path_filestat_set_times>(kRoot, lookup, at.at, at.size, 0, mtim, FstFlags::Mtim);
  }
  int64_t mtimeOf(const std::string& name) const {
    struct stat status;
    return lstat((root() / name).c_str(), &status) == 0 ? status.st_mtim.tv_sec : -1;
  }

 private:
  template <auto kFunction>
  Errno one(std::string_view path) {
    const Text at = text(path);
    return call<kFunction>(kRoot, at.at, at.size);
  }
};

TEST_F(PathFunctionsTest, DirectoriesComeAndGo) {
  EXPECT_EQ(mkdir("new"), Errno::Success);
  EXPECT_TRUE(fs::is_directory(root() / "new"));
  EXPECT_EQ(mkdir("new"), Errno::Exist);
  EXPECT_EQ(rmdir("new"), Errno::Success);
  EXPECT_EQ(rmdir("new"), Errno::Noent);
}

TEST_F(PathFunctionsTest, TrailingSlashesAreFineForDirectories) {
  EXPECT_EQ(mkdir("new//"), Errno::Success);
  EXPECT_EQ(rename("new/", "moved/"), Errno::Success);
  EXPECT_EQ(rmdir("moved/"), Errno::Success);
}

TEST_F(PathFunctionsTest, TrailingSlashesAreRefusedForFiles) {
  EXPECT_EQ(unlink("file/"), Errno::Notdir);
  EXPECT_EQ(rename("file/", "x"), Errno::Notdir);
  EXPECT_EQ(rename("file", "x/"), Errno::Notdir);
  EXPECT_EQ(link("file/", "x"), Errno::Notdir);
  EXPECT_EQ(link("file", "x/"), Errno::Noent);
  EXPECT_EQ(symlink("file", "x/"), Errno::Noent);
  EXPECT_EQ(readlink("to-file/"), "Notdir");
  EXPECT_EQ(setTimes("file/", LookupFlags::SymlinkFollow), Errno::Notdir);
}

TEST_F(PathFunctionsTest, TrailingSlashDoesNotFollowALinkThatIsToBeRemoved) {
  EXPECT_EQ(rmdir("to-dir/"), Errno::Notdir);
  EXPECT_EQ(unlink("to-dir/"), Errno::Notdir);
  EXPECT_TRUE(fs::is_symlink(root() / "to-dir"));
}

TEST_F(PathFunctionsTest, RemovingChecksTheKind) {
  EXPECT_EQ(rmdir("file"), Errno::Notdir);
  EXPECT_EQ(rmdir("full"), Errno::Notempty);
  EXPECT_EQ(unlink("dir"), Errno::Isdir);
  EXPECT_EQ(unlink("dir/"), Errno::Isdir);
  EXPECT_EQ(rmdir("to-dir"), Errno::Notdir);
}

TEST_F(PathFunctionsTest, UnlinkRemovesALinkAndNotItsTarget) {
  EXPECT_EQ(unlink("to-file"), Errno::Success);
  EXPECT_TRUE(fs::exists(root() / "file"));
}

TEST_F(PathFunctionsTest, DotAndDotDotAreNotRemovedOrMoved) {
  EXPECT_EQ(rmdir("."), Errno::Inval);
  EXPECT_EQ(rmdir("dir/."), Errno::Inval);
  EXPECT_EQ(unlink(".."), Errno::Isdir);
  EXPECT_EQ(rename("..", "x"), Errno::Busy);
  EXPECT_EQ(rename("file", ".."), Errno::Busy);
  EXPECT_EQ(mkdir(".."), Errno::Exist);
}

TEST_F(PathFunctionsTest, NothingIsChangedThroughALinkThatLeavesTheRoot) {
  EXPECT_EQ(mkdir("leak/new"), Errno::Perm);
  EXPECT_EQ(unlink("leak/secret"), Errno::Perm);
  EXPECT_EQ(rename("leak/secret", "mine"), Errno::Perm);
  EXPECT_EQ(rename("file", "leak/file"), Errno::Perm);
  EXPECT_EQ(link("leak/secret", "mine"), Errno::Perm);
  EXPECT_EQ(link("file", "leak/file"), Errno::Perm);
  EXPECT_EQ(symlink("x", "leak/x"), Errno::Perm);
  EXPECT_EQ(readlink("leak/x"), "Perm");
  EXPECT_EQ(setTimes("leak/secret", LookupFlags::SymlinkFollow), Errno::Perm);
  EXPECT_EQ(setTimes("leak", LookupFlags::SymlinkFollow), Errno::Perm);
  EXPECT_EQ(read(outside() / "secret"), "canary");
}

TEST_F(PathFunctionsTest, NothingIsChangedAboveTheRoot) {
  EXPECT_EQ(mkdir("../outside/new"), Errno::Perm);
  EXPECT_EQ(unlink("../outside/secret"), Errno::Perm);
  EXPECT_EQ(rename("../outside/secret", "mine"), Errno::Perm);
  EXPECT_EQ(rename("file", "../outside/file"), Errno::Perm);
  EXPECT_EQ(link("../outside/secret", "mine"), Errno::Perm);
  EXPECT_EQ(symlink("x", "../outside/x"), Errno::Perm);
  EXPECT_EQ(mkdir((outside() / "new").string()), Errno::Perm);
}

TEST_F(PathFunctionsTest, RenameReplacesAsTheHostDoes) {
  EXPECT_EQ(rename("file", "other"), Errno::Success);
  EXPECT_EQ(read(root() / "other"), "file");
  EXPECT_EQ(rename("other", "dir"), Errno::Isdir);
  EXPECT_EQ(rename("dir", "other"), Errno::Notdir);
  EXPECT_EQ(rename("dir", "full"), Errno::Notempty);
  EXPECT_EQ(rename("full", "full/sub/x"), Errno::Inval);
}

TEST_F(PathFunctionsTest, LinkMakesASecondName) {
  EXPECT_EQ(link("file", "dir/same"), Errno::Success);
  EXPECT_EQ(fs::hard_link_count(root() / "file"), 2u);
  EXPECT_EQ(link("file", "other"), Errno::Exist);
  EXPECT_EQ(link("dir", "dir2"), Errno::Perm);
}

TEST_F(PathFunctionsTest, LinkFollowsAFinalLinkOnlyWhenAskedFor) {
  EXPECT_EQ(link("to-file", "a"), Errno::Success);
  EXPECT_TRUE(fs::is_symlink(root() / "a"));
  EXPECT_EQ(link("to-file", "b", LookupFlags::SymlinkFollow), Errno::Success);
  EXPECT_EQ(fs::hard_link_count(root() / "file"), 2u);
  EXPECT_EQ(link("dangling", "c", LookupFlags::SymlinkFollow), Errno::Noent);
}

TEST_F(PathFunctionsTest, SymlinkTargetsMustBeRelative) {
  EXPECT_EQ(symlink("/etc/passwd", "abs"), Errno::Perm);
  EXPECT_EQ(symlink("", "empty"), Errno::Noent);
  EXPECT_EQ(symlink("../anywhere", "up"), Errno::Success);
  EXPECT_EQ(readlink("up"), "../anywhere");
}

TEST_F(PathFunctionsTest, ReadlinkCutsWhatDoesNotFit) {
  EXPECT_EQ(readlink("dangling"), "nowhere");
  EXPECT_EQ(readlink("dangling", 3), "now");
  EXPECT_EQ(readlink("dangling", 0), "Inval");
  EXPECT_EQ(readlink("file"), "Inval");
}

TEST_F(PathFunctionsTest, AbsoluteTargetMadeFromOutsideIsNotShown) {
  fs::create_symlink(outside() / "secret", root() / "abs");
  EXPECT_EQ(readlink("abs"), "Perm");
}

TEST_F(PathFunctionsTest, TimesOfALinkOrOfItsTarget) {
  EXPECT_EQ(setTimes("to-file", {}), Errno::Success);
  EXPECT_EQ(mtimeOf("to-file"), 7);
  EXPECT_NE(mtimeOf("file"), 7);
  EXPECT_EQ(setTimes("to-file", LookupFlags::SymlinkFollow, 8'000'000'000), Errno::Success);
  EXPECT_EQ(mtimeOf("file"), 8);
  EXPECT_EQ(mtimeOf("to-file"), 7);
}

TEST_F(PathFunctionsTest, FileIsNoDirectoryToStartFrom) {
  ASSERT_EQ(open(kRoot, "file"), Errno::Success);
  EXPECT_EQ(open(opened(), "x"), Errno::Notdir);
}

class PermissionsTest : public PathFunctionsTest {
 protected:
  // The same tree twice: 3 with these permissions, 4 with all.
  void permit(WasiPermissions permissions) {
    WasiConfig both = config(permissions);
    both.preopens.push_back({root(), "/all", {}});
    start(std::move(both));
  }
  static constexpr Fd kAll{4};
};

TEST_F(PermissionsTest, ReadOnlyDirectoryIsReadAndChangedByNoFunction) {
  permit(WasiPermissions::readOnly());
  ASSERT_EQ(open(kRoot, "file"), Errno::Success);
  const Fd file = opened();
  EXPECT_EQ(readText(file), "file");
  using enum Errno;
  EXPECT_EQ(open(kRoot, "file", {}, rights::FdWrite), Rofs);
  EXPECT_EQ(open(kRoot, "file", OFlags::Trunc), Rofs);
  EXPECT_EQ(open(kRoot, "new", OFlags::Creat), Rofs);
  EXPECT_EQ(open(kRoot, "file", {}, rights::FdAllocate), Rofs);
  EXPECT_EQ(mkdir("new"), Rofs);
  EXPECT_EQ(rmdir("dir"), Rofs);
  EXPECT_EQ(unlink("file"), Rofs);
  EXPECT_EQ(rename("file", "x"), Rofs);
  EXPECT_EQ(symlink("file", "x"), Rofs);
  EXPECT_EQ(link("file", "x"), Rofs);
  EXPECT_EQ(setTimes("file", LookupFlags::SymlinkFollow), Rofs);
  EXPECT_EQ(setTimes("dir", LookupFlags::SymlinkFollow), Rofs);
  EXPECT_EQ(writeText(file, "x"), Badf);
  EXPECT_EQ(call<&fd_filestat_set_size>(file, 0), Inval);
  EXPECT_EQ(call<&fd_allocate>(file, 0, 100), Badf);
  EXPECT_EQ(call<&fd_filestat_set_times>(file, 0, 0, FstFlags::Mtim), Rofs);
  EXPECT_EQ(call<&fd_filestat_set_times>(kRoot, 0, 0, FstFlags::Mtim), Rofs);
  EXPECT_EQ(read(root() / "file"), "file");
}

TEST_F(PermissionsTest, ReadOnlyIsHandedDown) {
  permit(WasiPermissions::readOnly());
  ASSERT_EQ(open(kRoot, "full", OFlags::Directory, 0), Errno::Success);
  EXPECT_EQ(open(opened(), "new", OFlags::Creat, rights::FdWrite), Errno::Rofs);
}

TEST_F(PermissionsTest, ExistingFileOpensWithCreatAsOnAReadOnlyFileSystem) {
  permit(WasiPermissions::readOnly());
  EXPECT_EQ(open(kRoot, "file", OFlags::Creat), Errno::Success);
  EXPECT_EQ(open(kRoot, "file", OFlags::Creat | OFlags::Excl), Errno::Exist);
}

TEST_F(PermissionsTest, FilesDoNotMoveToWhereMoreIsPermitted) {
  permit({.write_files = false});
  EXPECT_EQ(link("file", "x", {}, kRoot, kAll), Errno::Xdev);
  EXPECT_EQ(rename("file", "x", kRoot, kAll), Errno::Xdev);
  EXPECT_EQ(rename("file", "x", kAll, kRoot), Errno::Success);
  permit({.read_files = false});
  EXPECT_EQ(link("other", "y", {}, kRoot, kAll), Errno::Xdev);
  permit(WasiPermissions::readOnly());
  EXPECT_EQ(link("other", "y", {}, kRoot, kAll), Errno::Rofs);
  EXPECT_EQ(rename("other", "y", kAll, kRoot), Errno::Rofs);
}

TEST_F(PermissionsTest, FilesThatMayNotBeReadAreWritten) {
  permit({.read_files = false});
  EXPECT_EQ(open(kRoot, "file", {}, rights::FdRead), Errno::Acces);
  ASSERT_EQ(open(kRoot, "file", {}, rights::FdWrite), Errno::Success);
  EXPECT_EQ(writeText(opened(), "FI"), Errno::Success);
  ASSERT_EQ(open(kRoot, "file", {}, 0), Errno::Success);
  EXPECT_EQ(readText(opened()), "Badf");
}

TEST_F(PermissionsTest, DirectoriesThatMayNotBeListedAreStillWalked) {
  permit({.list_directories = false});
  EXPECT_EQ(call<&fd_readdir>(kRoot, 0x8000, 100, 0, kOut), Errno::Acces);
  EXPECT_EQ(readlink("to-file"), "Acces");
  EXPECT_EQ(open(kRoot, "full/../file"), Errno::Success);
}

// Each function on paths, without its right.
TEST_F(PathFunctionsTest, EachFunctionNeedsItsRight) {
  const auto without = [&](Rights right, auto&& function) {
    start(config());
    EXPECT_EQ(call<&fd_fdstat_set_rights>(kRoot, rights::kDirectory & ~right, rights::kDirectoryInheriting),
              Errno::Success);
    return function();
  };
  using enum Errno;
  EXPECT_EQ(without(rights::PathCreateDirectory, [&] { return mkdir("x"); }), Notcapable);
  EXPECT_EQ(without(rights::PathRemoveDirectory, [&] { return rmdir("dir"); }), Notcapable);
  EXPECT_EQ(without(rights::PathUnlinkFile, [&] { return unlink("file"); }), Notcapable);
  EXPECT_EQ(without(rights::PathRenameSource, [&] { return rename("file", "x"); }), Notcapable);
  EXPECT_EQ(without(rights::PathRenameTarget, [&] { return rename("file", "x"); }), Notcapable);
  EXPECT_EQ(without(rights::PathLinkSource, [&] { return link("file", "x"); }), Notcapable);
  EXPECT_EQ(without(rights::PathLinkTarget, [&] { return link("file", "x"); }), Notcapable);
  EXPECT_EQ(without(rights::PathSymlink, [&] { return symlink("file", "x"); }), Notcapable);
  EXPECT_EQ(without(rights::PathReadlink, [&] { return readlink("to-file"); }), "Notcapable");
  EXPECT_EQ(without(rights::PathFilestatSetTimes, [&] { return setTimes("file", {}); }), Notcapable);
  EXPECT_EQ(without(rights::PathOpen, [&] { return open(kRoot, "file"); }), Notcapable);
  EXPECT_EQ(without(rights::PathCreateFile, [&] { return open(kRoot, "x", OFlags::Creat); }), Notcapable);
  EXPECT_EQ(without(rights::PathFilestatSetSize, [&] { return open(kRoot, "file", OFlags::Trunc); }),
            Notcapable);
  EXPECT_EQ(without(rights::FdReaddir, [&] { return call<&fd_readdir>(kRoot, 0x8000, 9, 0, kOut); }),
            Notcapable);
  EXPECT_EQ(without(rights::PathFilestatGet,
                    [&] {
                      const Text at = text("file");
                      return call<&path_filestat_get>(kRoot, 0, at.at, at.size, 0x400);
                    }),
            Notcapable);
}

}  // namespace
}  // namespace wasmc::wasi::test
