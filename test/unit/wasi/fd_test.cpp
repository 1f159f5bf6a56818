// Descriptors: numbers, rights, attributes, entries of directories.
#include "guest.h"

#include <set>

namespace wasmc::wasi::test {
namespace {

class FdTest : public GuestTest {
 protected:
  void SetUp() override {
    write(root() / "file", "0123456789");
    fs::create_directories(root() / "dir");
    start(config());
  }
  Fd openFile(std::string_view name = "file") {
    EXPECT_EQ(open(kRoot, name, {}, rights::FdRead | rights::FdWrite), Errno::Success);
    return opened();
  }
  Fdstat fdstat(Fd fd) {
    EXPECT_EQ(call<&fd_fdstat_get>(fd, 0x400), Errno::Success);
    return get<Fdstat>(0x400);
  }
  Filestat filestat(Fd fd) {
    EXPECT_EQ(call<&fd_filestat_get>(fd, 0x400), Errno::Success);
    return get<Filestat>(0x400);
  }
};

TEST_F(FdTest, LowestFreeNumberIsGivenOut) {
  EXPECT_EQ(openFile(), Fd{4});
  EXPECT_EQ(openFile(), Fd{5});
  EXPECT_EQ(call<&fd_close>(4), Errno::Success);
  EXPECT_EQ(openFile(), Fd{4});
  EXPECT_EQ(openFile(), Fd{6});
}

TEST_F(FdTest, ClosedNumberIsBadf) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_close>(fd), Errno::Success);
  EXPECT_EQ(call<&fd_close>(fd), Errno::Badf);
}

TEST_F(FdTest, LimitOnDescriptorsIsMfile) {
  WasiConfig limited = config();
  limited.max_descriptors = 5;
  start(std::move(limited));
  openFile();
  EXPECT_EQ(open(kRoot, "new", OFlags::Creat, rights::FdWrite), Errno::Mfile);
  EXPECT_FALSE(fs::exists(root() / "new"));
}

TEST_F(FdTest, RenumberOntoAnOpenNumberClosesIt) {
  write(root() / "other", "other");
  const Fd from = openFile(), to = openFile("other");
  EXPECT_EQ(call<&fd_renumber>(from, to), Errno::Success);
  EXPECT_EQ(readText(to), "0123456789");
  EXPECT_EQ(readText(from), "Badf");
}

TEST_F(FdTest, RenumberOntoItselfChangesNothing) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_renumber>(fd, fd), Errno::Success);
  EXPECT_EQ(readText(fd), "0123456789");
}

TEST_F(FdTest, RenumberFromOrOntoAClosedNumberIsBadf) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_renumber>(fd, 77), Errno::Badf);
  EXPECT_EQ(call<&fd_renumber>(77, fd), Errno::Badf);
  EXPECT_EQ(readText(fd), "0123456789");
}

TEST_F(FdTest, PreopenTellsItsNameAndLosesItWhenOverwritten) {
  EXPECT_EQ(call<&fd_prestat_get>(kRoot, 0x400), Errno::Success);
  EXPECT_EQ(get<Prestat>(0x400).name_length, 1u);
  EXPECT_EQ(call<&fd_prestat_dir_name>(kRoot, 0x400, 1), Errno::Success);
  EXPECT_EQ(bytes(0x400, 1), "/");
  EXPECT_EQ(call<&fd_prestat_dir_name>(kRoot, 0x400, 0), Errno::Nametoolong);
  EXPECT_EQ(call<&fd_renumber>(openFile(), kRoot), Errno::Success);
  EXPECT_EQ(call<&fd_prestat_get>(kRoot, 0x400), Errno::Badf);
}

TEST_F(FdTest, FilesHaveTheRightsOfTheirAccessMode) {
  ASSERT_EQ(open(kRoot, "file", {}, rights::FdRead), Errno::Success);
  const Rights read = fdstat(opened()).rights_base;
  EXPECT_EQ(read & (rights::FdRead | rights::FdWrite | rights::FdAllocate), rights::FdRead);
  ASSERT_EQ(open(kRoot, "file", {}, rights::FdWrite), Errno::Success);
  const Rights write = fdstat(opened()).rights_base;
  EXPECT_EQ(write & (rights::FdRead | rights::FdWrite), rights::FdWrite);
}

TEST_F(FdTest, DirectoriesHaveAllRightsOfDirectories) {
  ASSERT_EQ(open(kRoot, "dir", OFlags::Directory, 0), Errno::Success);
  const Fdstat stat = fdstat(opened());
  EXPECT_EQ(stat.filetype, FileType::Directory);
  EXPECT_EQ(stat.rights_base, rights::kDirectory);
  EXPECT_EQ(stat.rights_inheriting, rights::kDirectoryInheriting);
}

// What a file is gets found out by the first call that must know: it is the same whichever call that is.
TEST_F(FdTest, FirstCallOnAnOpenedDirectoryKnowsThatItIsOne) {
  const auto first = [&](auto&& function) {
    EXPECT_EQ(open(kRoot, "dir", {}, 0), Errno::Success);
    return function(opened());
  };
  EXPECT_EQ(first([&](Fd fd) { return call<&fd_read>(fd, 0x200, 0, kOut); }), Errno::Isdir);
  EXPECT_EQ(first([&](Fd fd) { return call<&fd_pread>(fd, 0x200, 0, 0, kOut); }), Errno::Isdir);
  EXPECT_EQ(first([&](Fd fd) { return call<&fd_seek>(fd, 1, 0, kOut); }), Errno::Notcapable);
  EXPECT_EQ(first([&](Fd fd) { return call<&fd_advise>(fd, 0, 0, 0); }), Errno::Notcapable);
  EXPECT_EQ(first([&](Fd fd) { return call<&fd_fdstat_set_rights>(fd, rights::FdSeek, 0); }),
            Errno::Notcapable);
  EXPECT_EQ(first([&](Fd fd) { return call<&sock_shutdown>(fd, 1); }), Errno::Notsock);
  EXPECT_EQ(first([&](Fd fd) { return filestat(fd).filetype; }), FileType::Directory);
  EXPECT_EQ(first([&](Fd fd) { return filestat(fd), fdstat(fd).rights_base; }), rights::kDirectory);
}

TEST_F(FdTest, FirstCallOnAnOpenedFileKnowsThatItIsNoDirectory) {
  const Text name = text("file", 0x3000);
  EXPECT_EQ(call<&fd_readdir>(openFile(), 0x5000, 100, 0, kOut), Errno::Notdir);
  EXPECT_EQ(call<&path_unlink_file>(openFile(), name.at, name.size), Errno::Notdir);
  EXPECT_EQ(open(openFile(), "file"), Errno::Notdir);
  EXPECT_EQ(fdstat(openFile()).rights_inheriting, 0u);
  const Fd asked = openFile();
  EXPECT_EQ(filestat(asked).filetype, FileType::RegularFile);
  EXPECT_EQ(fdstat(asked).rights_base, rights::kFile);
}

TEST_F(FdTest, RightsCanBeGivenUpAndNotTakenBack) {
  const Fd fd = openFile();
  const Rights all = fdstat(fd).rights_base;
  EXPECT_EQ(call<&fd_fdstat_set_rights>(fd, all & ~rights::FdWrite, 0), Errno::Success);
  EXPECT_EQ(writeText(fd, "x"), Errno::Badf);
  EXPECT_EQ(call<&fd_fdstat_set_rights>(fd, all, 0), Errno::Notcapable);
}

TEST_F(FdTest, DirectoryHandsOnOnlyTheRightsItInherits) {
  const Fdstat stat = fdstat(kRoot);
  const Rights kept = stat.rights_inheriting & ~rights::FdFilestatSetSize;
  EXPECT_EQ(call<&fd_fdstat_set_rights>(kRoot, stat.rights_base, kept), Errno::Success);
  EXPECT_EQ(call<&fd_filestat_set_size>(openFile(), 0), Errno::Notcapable);
  EXPECT_EQ(call<&fd_fdstat_set_rights>(kRoot, stat.rights_base, kept & ~rights::FdWrite), Errno::Success);
  EXPECT_EQ(open(kRoot, "file", {}, rights::FdWrite), Errno::Notcapable);
}

// No function may work without its right: each is called on a descriptor that has every other one.
TEST_F(FdTest, EachFunctionNeedsItsRight) {
  const auto without = [&](Rights right, auto&& function) {
    const Fd fd = openFile();
    EXPECT_EQ(call<&fd_fdstat_set_rights>(fd, fdstat(fd).rights_base & ~right, 0), Errno::Success);
    return function(fd);
  };
  using enum Errno;
  EXPECT_EQ(without(rights::FdDatasync, [&](Fd fd) { return call<&fd_datasync>(fd); }), Notcapable);
  EXPECT_EQ(without(rights::FdSync, [&](Fd fd) { return call<&fd_sync>(fd); }), Notcapable);
  EXPECT_EQ(without(rights::FdSeek, [&](Fd fd) { return call<&fd_seek>(fd, 1, 0, kOut); }), Notcapable);
  EXPECT_EQ(without(rights::FdTell, [&](Fd fd) { return call<&fd_tell>(fd, kOut); }), Notcapable);
  EXPECT_EQ(without(rights::FdAdvise, [&](Fd fd) { return call<&fd_advise>(fd, 0, 0, 0); }), Notcapable);
  EXPECT_EQ(without(rights::FdAllocate, [&](Fd fd) { return call<&fd_allocate>(fd, 0, 1); }), Notcapable);
  EXPECT_EQ(without(rights::FdFilestatGet, [&](Fd fd) { return call<&fd_filestat_get>(fd, kOut); }),
            Notcapable);
  EXPECT_EQ(without(rights::FdFilestatSetSize, [&](Fd fd) { return call<&fd_filestat_set_size>(fd, 0); }),
            Notcapable);
  EXPECT_EQ(
      without(rights::FdFilestatSetTimes, [&](Fd fd) { return call<&fd_filestat_set_times>(fd, 0, 0, 1); }),
      Notcapable);
  EXPECT_EQ(without(rights::FdFdstatSetFlags, [&](Fd fd) { return call<&fd_fdstat_set_flags>(fd, 0); }),
            Notcapable);
  EXPECT_EQ(without(rights::FdSeek, [&](Fd fd) { return call<&fd_pread>(fd, 0, 0, 0, kOut); }), Notcapable);
  EXPECT_EQ(without(rights::FdSeek, [&](Fd fd) { return call<&fd_pwrite>(fd, 0, 0, 0, kOut); }), Notcapable);
}

TEST_F(FdTest, AllocateMakesAFileLongerAndNotShorter) {
  const Fd fd = openFile();
  const Errno error = call<&fd_allocate>(fd, 0, 100);
  if (error == Errno::Notsup) GTEST_SKIP() << "the file system can not allocate";
  EXPECT_EQ(error, Errno::Success);
  EXPECT_EQ(filestat(fd).size, 100u);
  EXPECT_EQ(call<&fd_allocate>(fd, 0, 5), Errno::Success);
  EXPECT_EQ(filestat(fd).size, 100u);
  EXPECT_EQ(call<&fd_allocate>(fd, 0, 0), Errno::Inval);
}

TEST_F(FdTest, SizeAndTimesAreSet) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_filestat_set_size>(fd, 3), Errno::Success);
  EXPECT_EQ(call<&fd_filestat_set_times>(fd, 5'000'000'007, 6'000'000'008, FstFlags::Atim | FstFlags::Mtim),
            Errno::Success);
  const Filestat stat = filestat(fd);
  EXPECT_EQ(stat.size, 3u);
  EXPECT_EQ(stat.atim, 5'000'000'007u);
  EXPECT_EQ(stat.mtim, 6'000'000'008u);
}

TEST_F(FdTest, TimesAreSetToNow) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_filestat_set_times>(fd, 1, 2, FstFlags::Atim | FstFlags::MtimNow), Errno::Success);
  const Filestat stat = filestat(fd);
  EXPECT_EQ(stat.atim, 1u);
  EXPECT_GT(stat.mtim, 1'700'000'000'000'000'000u);
}

TEST_F(FdTest, TimeThatIsBothGivenAndNowIsRefused) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_filestat_set_times>(fd, 0, 0, FstFlags::Mtim | FstFlags::MtimNow), Errno::Inval);
  EXPECT_EQ(call<&fd_filestat_set_times>(fd, 0, 0, FstFlags::Atim | FstFlags::AtimNow), Errno::Inval);
}

TEST_F(FdTest, UnknownFlagsAndEnumeratorsAreRefused) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_filestat_set_times>(fd, 0, 0, 16), Errno::Inval);
  EXPECT_EQ(call<&fd_advise>(fd, 0, 0, 6), Errno::Inval);
  EXPECT_EQ(call<&fd_fdstat_set_flags>(fd, 32), Errno::Inval);
  EXPECT_EQ(call<&clock_time_get>(4, 0, kOut), Errno::Inval);
}

TEST_F(FdTest, AppendAndNonblockCanBeChanged) {
  const Fd fd = openFile();
  EXPECT_EQ(call<&fd_fdstat_set_flags>(fd, FdFlags::Append | FdFlags::Nonblock), Errno::Success);
  EXPECT_EQ(fdstat(fd).flags, FdFlags::Append | FdFlags::Nonblock);
  EXPECT_EQ(call<&fd_fdstat_set_flags>(fd, 0), Errno::Success);
  EXPECT_EQ(fdstat(fd).flags, FdFlags::None);
}

TEST_F(FdTest, OpenFileCanNotBecomeSynchronous) {
  EXPECT_EQ(call<&fd_fdstat_set_flags>(openFile(), FdFlags::Sync), Errno::Notsup);
}

TEST_F(FdTest, Snapshot0HasAShorterFilestat) {
  put(0x400 + 56, uint64_t{0x5555'5555'5555'5555});
  EXPECT_EQ(call<&snapshot0::fd_filestat_get>(openFile(), 0x400), Errno::Success);
  const auto stat = get<snapshot0::Filestat>(0x400);
  EXPECT_EQ(stat.filetype, FileType::RegularFile);
  EXPECT_EQ(stat.nlink, 1u);
  EXPECT_EQ(stat.size, 10u);
  EXPECT_EQ(get<uint64_t>(0x400 + 56), 0x5555'5555'5555'5555u);
}

TEST_F(FdTest, StructsLeakNoBytesOfTheHost) {
  std::memset(memory().data() + 0x400, 0xff, 128);
  fdstat(kRoot);
  EXPECT_EQ(bytes(0x401, 1) + bytes(0x404, 4), std::string(5, '\0'));
  std::memset(memory().data() + 0x400, 0xff, 128);
  filestat(kRoot);
  EXPECT_EQ(bytes(0x411, 7), std::string(7, '\0'));
}

class ReaddirTest : public FdTest {
 protected:
  struct Entry {
    std::string name;
    Dirent head;
  };
  // The entries that fit as a whole, and the number of bytes used.
  std::pair<std::vector<Entry>, uint32_t> list(Fd fd, DirCookie cookie, uint32_t size) {
    EXPECT_EQ(call<&fd_readdir>(fd, 0x8000, size, cookie, kOut), Errno::Success);
    const uint32_t used = get<uint32_t>(kOut);
    std::vector<Entry> entries;
    for (uint32_t at = 0; at + sizeof(Dirent) <= used;) {
      const auto head = get<Dirent>(0x8000 + at);
      at += sizeof(Dirent) + head.d_namlen;
      if (at > used) break;
      entries.push_back({bytes(0x8000 + at - head.d_namlen, head.d_namlen), head});
    }
    return {entries, used};
  }
  // All names, read with a buffer of `size` bytes.
  std::multiset<std::string> listAll(Fd fd, uint32_t size) {
    std::multiset<std::string> names;
    DirCookie cookie = 0;
    for (;;) {
      const auto [entries, used] = list(fd, cookie, size);
      for (const Entry& entry : entries) names.insert(entry.name);
      if (used < size || entries.empty()) return names;
      cookie = entries.back().head.d_next;
    }
  }
  Fd openDir() {
    EXPECT_EQ(open(kRoot, "dir", OFlags::Directory, 0), Errno::Success);
    return opened();
  }
};

TEST_F(ReaddirTest, EmptyDirectoryHasItselfAndItsParent) {
  EXPECT_EQ(listAll(openDir(), 1024), (std::multiset<std::string>{".", ".."}));
}

TEST_F(ReaddirTest, EveryBufferSizeGivesEveryEntryOnce) {
  std::multiset<std::string> expected = {".", ".."};
  for (int i = 0; i < 300; ++i) expected.insert("entry-" + std::to_string(i * i));
  for (const std::string& name : expected) {
    if (name[0] != '.') write(root() / "dir" / name, "");
  }
  const Fd fd = openDir();
  for (const uint32_t size : {40u, 41u, 64u, 100u, 4096u, 32000u})
    EXPECT_EQ(listAll(fd, size), expected) << size;
}

TEST_F(ReaddirTest, BufferTooSmallForOneEntryIsFilledToItsEnd) {
  const auto [entries, used] = list(openDir(), 0, 10);
  EXPECT_TRUE(entries.empty());
  EXPECT_EQ(used, 10u);
}

TEST_F(ReaddirTest, EntriesHaveInodesAndTypes) {
  fs::create_symlink("file", root() / "link");
  for (const Entry& entry : list(kRoot, 0, 4096).first) {
    if (entry.name == "..") continue;
    const Text at = text(entry.name);
    ASSERT_EQ(call<&path_filestat_get>(kRoot, 0, at.at, at.size, 0x400), Errno::Success);
    EXPECT_EQ(entry.head.d_ino, get<Filestat>(0x400).ino) << entry.name;
    EXPECT_EQ(entry.head.d_type, get<Filestat>(0x400).filetype) << entry.name;
  }
}

TEST_F(ReaddirTest, CookieZeroSeesWhatWasCreatedMeanwhile) {
  const Fd fd = openDir();
  EXPECT_EQ(listAll(fd, 1024).size(), 2u);
  write(root() / "dir" / "new", "");
  EXPECT_EQ(listAll(fd, 1024).size(), 3u);
}

TEST_F(ReaddirTest, RemovingWhatWasReadLosesNothingOfTheRest) {
  for (int i = 0; i < 100; ++i) write(root() / "dir" / ("n" + std::to_string(i)), "");
  const Fd fd = openDir();
  std::set<std::string> seen;
  DirCookie cookie = 0;
  for (;;) {
    const auto [entries, used] = list(fd, cookie, 128);
    for (const Entry& entry : entries) {
      seen.insert(entry.name);
      if (entry.name[0] != '.') fs::remove(root() / "dir" / entry.name);
    }
    if (used < 128) break;
    cookie = entries.back().head.d_next;
  }
  EXPECT_EQ(seen.size(), 102u);
}

TEST_F(ReaddirTest, CreatingMeanwhileRepeatsNothingOfTheRest) {
  for (int i = 0; i < 100; ++i) write(root() / "dir" / ("old" + std::to_string(i)), "");
  const Fd fd = openDir();
  std::multiset<std::string> old;
  DirCookie cookie = 0;
  for (int call = 0;; ++call) {
    const auto [entries, used] = list(fd, cookie, 128);
    for (const Entry& entry : entries) {
      if (entry.name.starts_with("old")) old.insert(entry.name);
    }
    if (used < 128) break;
    cookie = entries.back().head.d_next;
    if (call < 10) write(root() / "dir" / ("new" + std::to_string(call)), "");
  }
  EXPECT_EQ(old.size(), 100u);
  EXPECT_EQ(std::set<std::string>(old.begin(), old.end()).size(), 100u);
}

TEST_F(ReaddirTest, OldCookieLeadsBackToItsPlace) {
  for (int i = 0; i < 20; ++i) write(root() / "dir" / ("n" + std::to_string(i)), "");
  const Fd fd = openDir();
  const auto all = list(fd, 0, 8192).first;
  const auto rest = list(fd, all[9].head.d_next, 8192).first;
  ASSERT_EQ(rest.size(), all.size() - 10);
  EXPECT_EQ(rest.front().name, all[10].name);
}

TEST_F(ReaddirTest, CookiesFitInALongOfTheGuest) {
  for (int i = 0; i < 20; ++i) write(root() / "dir" / ("n" + std::to_string(i)), "");
  for (const Entry& entry : list(openDir(), 0, 8192).first) EXPECT_LT(entry.head.d_next, 1u << 31);
}

TEST_F(ReaddirTest, CookieFromBeforeARestartIsTheEntryWithThatNumber) {
  for (int i = 0; i < 20; ++i) write(root() / "dir" / ("n" + std::to_string(i)), "");
  const Fd fd = openDir();
  const auto all = list(fd, 0, 8192).first;
  list(fd, 0, 30);
  EXPECT_EQ(list(fd, all[9].head.d_next, 8192).first.front().name, all[10].name);
}

TEST_F(ReaddirTest, CookiePastTheEndIsTheEnd) {
  const Fd fd = openDir();
  EXPECT_EQ(list(fd, 1000, 100).second, 0u);
  EXPECT_EQ(list(fd, ~uint64_t{0}, 100).second, 0u);
  EXPECT_EQ(listAll(fd, 100).size(), 2u);
}

TEST_F(ReaddirTest, FileHasNoEntries) {
  EXPECT_EQ(call<&fd_readdir>(openFile(), 0x8000, 100, 0, kOut), Errno::Notdir);
}

}  // namespace
}  // namespace wasmc::wasi::test
