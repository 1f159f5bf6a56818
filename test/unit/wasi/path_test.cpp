// Walks over paths: each test runs with openat2(2) and with the walk that replaces it on older kernels.
#include "guest.h"

#include <fcntl.h>

#include <atomic>
#include <thread>

namespace wasmc::wasi::test {
namespace {

class PathTest : public GuestTest, public testing::WithParamInterface<PathResolver::Method> {
 protected:
  void SetUp() override {
    if (GetParam() == PathResolver::Method::Openat2 && !PathResolver().usesOpenat2())
      GTEST_SKIP() << "no openat2";
    fs::create_directories(root() / "dir" / "deep");
    write(root() / "file", "file");
    write(root() / "dir" / "inner", "inner");
    start(config(), GetParam());
  }
  void link(const std::string& target, const std::string& name) { fs::create_symlink(target, root() / name); }
  std::string readAt(std::string_view path, LookupFlags lookup = LookupFlags::SymlinkFollow) {
    const Errno error = open(kRoot, path, {}, rights::FdRead, lookup);
    return error == Errno::Success ? readText(opened()) : errnoName(error);
  }
};

TEST_P(PathTest, PlainPathsAreOpened) {
  EXPECT_EQ(readAt("file"), "file");
  EXPECT_EQ(readAt("dir/inner"), "inner");
  EXPECT_EQ(readAt("./dir//deep/.././inner"), "inner");
}

TEST_P(PathTest, DotDotAboveTheRootIsRefused) {
  EXPECT_EQ(readAt("../outside/secret"), "Perm");
  EXPECT_EQ(readAt("dir/../../outside/secret"), "Perm");
  EXPECT_EQ(open(kRoot, ".."), Errno::Perm);
  EXPECT_EQ(open(kRoot, "dir/../.."), Errno::Perm);
}

TEST_P(PathTest, DotDotThatComesBackIsRefusedToo) { EXPECT_EQ(readAt("../root/file"), "Perm"); }

TEST_P(PathTest, DotDotIsAWalkAndNotText) {
  EXPECT_EQ(readAt("missing/../file"), "Noent");
  EXPECT_EQ(readAt("file/../file"), "Notdir");
}

TEST_P(PathTest, AbsolutePathsAreRefused) { EXPECT_EQ(readAt((root() / "file").string()), "Perm"); }

TEST_P(PathTest, EmptyPathDoesNotExist) { EXPECT_EQ(readAt(""), "Noent"); }

TEST_P(PathTest, NulInsideAPathIsRefused) { EXPECT_EQ(readAt(std::string_view("file\0x", 6)), "Ilseq"); }

TEST_P(PathTest, PathOf4096BytesIsTooLong) {
  EXPECT_EQ(readAt(std::string(4096, 'a')), "Nametoolong");
  EXPECT_EQ(readAt(std::string(4095, '/').replace(0, 1, ".").replace(4091, 4, "file")), "file");
}

TEST_P(PathTest, LinksBelowTheRootAreFollowed) {
  link("dir", "to-dir");
  link("../file", "dir/up");
  link("to-dir/up", "twice");
  EXPECT_EQ(readAt("to-dir/inner"), "inner");
  EXPECT_EQ(readAt("dir/up"), "file");
  EXPECT_EQ(readAt("twice"), "file");
}

TEST_P(PathTest, DotDotAfterALinkIsTheTargetsParent) {
  link("dir/deep", "to-deep");
  EXPECT_EQ(readAt("to-deep/../inner"), "inner");
}

TEST_P(PathTest, LinksThatLeaveTheRootAreRefused) {
  link("../outside", "up");
  link("../outside/secret", "leak");
  link("../../outside/secret", "dir/leak");
  EXPECT_EQ(readAt("up/secret"), "Perm");
  EXPECT_EQ(readAt("leak"), "Perm");
  EXPECT_EQ(readAt("dir/leak"), "Perm");
}

TEST_P(PathTest, LinksWithAbsoluteTargetsAreRefused) {
  link(outside() / "secret", "leak");
  link(root() / "file", "back");
  link("/", "slash");
  EXPECT_EQ(readAt("leak"), "Perm");
  EXPECT_EQ(readAt("back"), "Perm");
  EXPECT_EQ(open(kRoot, "slash/etc"), Errno::Perm);
}

TEST_P(PathTest, FinalLinkIsNotFollowedUnlessAskedFor) {
  link("file", "to-file");
  EXPECT_EQ(readAt("to-file", {}), "Loop");
  EXPECT_EQ(readAt("to-file"), "file");
}

TEST_P(PathTest, LinkInTheMiddleIsFollowedInAnyCase) {
  link("dir", "to-dir");
  EXPECT_EQ(readAt("to-dir/inner", {}), "inner");
}

TEST_P(PathTest, TrailingSlashFollowsAFinalLinkInAnyCase) {
  link("dir", "to-dir");
  EXPECT_EQ(open(kRoot, "to-dir/", OFlags::Directory, 0, {}), Errno::Success);
}

TEST_P(PathTest, TrailingSlashNeedsADirectory) {
  link("file", "to-file");
  EXPECT_EQ(readAt("file/"), "Notdir");
  EXPECT_EQ(readAt("to-file/"), "Notdir");
  EXPECT_EQ(open(kRoot, "dir/"), Errno::Success);
  EXPECT_EQ(open(kRoot, "dir///"), Errno::Success);
}

TEST_P(PathTest, LinksInACircleAreRefused) {
  link("b", "a");
  link("a", "b");
  EXPECT_EQ(readAt("a"), "Loop");
  EXPECT_EQ(readAt("a/x"), "Loop");
}

TEST_P(PathTest, DanglingLinkDoesNotExist) {
  link("nowhere", "dangling");
  EXPECT_EQ(readAt("dangling"), "Noent");
}

TEST_P(PathTest, CreatingThroughADanglingLinkCreatesItsTarget) {
  link("dir/new", "dangling");
  EXPECT_EQ(open(kRoot, "dangling", OFlags::Creat, rights::FdWrite), Errno::Success);
  EXPECT_TRUE(fs::exists(root() / "dir/new"));
}

TEST_P(PathTest, CreatingThroughALinkThatLeavesTheRootCreatesNothing) {
  link("../outside/new", "leak");
  EXPECT_EQ(open(kRoot, "leak", OFlags::Creat, rights::FdWrite), Errno::Perm);
  EXPECT_FALSE(fs::exists(outside() / "new"));
}

TEST_P(PathTest, ExclusiveCreationDoesNotFollowALink) {
  link("nowhere", "dangling");
  EXPECT_EQ(open(kRoot, "dangling", OFlags::Creat | OFlags::Excl, rights::FdWrite), Errno::Exist);
}

TEST_P(PathTest, CreatingWithATrailingSlashIsRefused) {
  EXPECT_EQ(open(kRoot, "new/", OFlags::Creat, rights::FdWrite), Errno::Isdir);
  EXPECT_FALSE(fs::exists(root() / "new"));
}

TEST_P(PathTest, OpenedDirectoryIsNoWayUp) {
  ASSERT_EQ(open(kRoot, "dir", OFlags::Directory, 0), Errno::Success);
  const Fd dir = opened();
  EXPECT_EQ(open(dir, "../file"), Errno::Perm);
  EXPECT_EQ(open(dir, "inner"), Errno::Success);
}

TEST_P(PathTest, NamesThatAreNotUtf8AreNames) {
  write(root() / "\xff\xfe", "bytes");
  EXPECT_EQ(readAt("\xff\xfe"), "bytes");
}

TEST_P(PathTest, StatFollowsOnlyWhenAskedFor) {
  link("file", "to-file");
  link("../outside/secret", "leak");
  const auto type = [&](std::string_view path, LookupFlags flags) {
    const Text at = text(path);
    const Errno error = call<&path_filestat_get>(kRoot, flags, at.at, at.size, 0x400);
    return error == Errno::Success ? std::to_string(static_cast<int>(get<Filestat>(0x400).filetype))
                                   : errnoName(error);
  };
  const auto number = [](FileType t) { return std::to_string(static_cast<int>(t)); };
  EXPECT_EQ(type("to-file", {}), number(FileType::SymbolicLink));
  EXPECT_EQ(type("to-file", LookupFlags::SymlinkFollow), number(FileType::RegularFile));
  EXPECT_EQ(type("leak", {}), number(FileType::SymbolicLink));
  EXPECT_EQ(type("leak", LookupFlags::SymlinkFollow), "Perm");
  EXPECT_EQ(type("..", {}), "Perm");
  EXPECT_EQ(type("file/", {}), "Notdir");
  EXPECT_EQ(type("dir/", {}), number(FileType::Directory));
}

// While another thread swaps a directory and a link that leads out, no attempt gets there.
TEST_P(PathTest, SwappingADirectoryForALinkLetsNothingOut) {
  fs::create_directories(root() / "swap");
  write(root() / "swap" / "secret", "inside");
  link("../outside", "evil");
  std::atomic<bool> stop = false;
  std::thread racer([&] {
    const std::string a = root() / "swap", b = root() / "evil";
    while (!stop) renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE);
  });
  int inside = 0, refused = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string result = readAt("swap/secret");
    ASSERT_NE(result, "canary");
    (result == "inside" ? inside : refused) += 1;
    if (result == "inside") call<&fd_close>(opened());
  }
  stop = true;
  racer.join();
  // Both happened, or the test has tested nothing.
  EXPECT_GT(inside, 0);
  EXPECT_GT(refused, 0);
}

// The directory where a `..` starts from moves while it is walked.
TEST_P(PathTest, MovingADirectoryUnderADotDotLetsNothingOut) {
  fs::create_directories(root() / "a/b/c");
  fs::create_directories(outside() / "x");
  std::atomic<bool> stop = false;
  std::thread racer([&] {
    const std::string in = root() / "a/b/c", out = outside() / "x/c";
    while (!stop) {
      rename(in.c_str(), out.c_str());
      rename(out.c_str(), in.c_str());
    }
  });
  for (int i = 0; i < 20000; ++i) {
    const std::string result = readAt("a/b/c/../../secret");
    ASSERT_NE(result, "canary");
  }
  stop = true;
  racer.join();
}

INSTANTIATE_TEST_SUITE_P(Methods, PathTest,
                         testing::Values(PathResolver::Method::Openat2, PathResolver::Method::Walk),
                         [](const auto& method) {
                           return method.param == PathResolver::Method::Openat2 ? "openat2" : "walk";
                         });

}  // namespace
}  // namespace wasmc::wasi::test
