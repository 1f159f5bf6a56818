// The cache of artifacts: what is found, what is removed, and what other processes see.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wasmc/artifact_cache.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace wasmc::compiler {
namespace {

namespace fs = std::filesystem;

std::vector<uint8_t> bytesOf(size_t size, uint8_t value) { return std::vector<uint8_t>(size, value); }

std::vector<uint8_t> contentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Sets when a file was last used, in seconds since 1970.
void setUsed(const std::string& path, time_t seconds) {
  const timespec times[2] = {{seconds, 0}, {seconds, 0}};
  ASSERT_EQ(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
}

class Cache : public testing::Test {
 protected:
  Cache() { fs::remove_all(root); }
  ~Cache() override { fs::remove_all(root); }

  ArtifactCache open(uint64_t max_bytes = ArtifactCache::kDefaultMaxBytes) const {
    auto cache = ArtifactCache::open(folder, max_bytes);
    EXPECT_TRUE(cache) << cache.error();
    return *cache;
  }
  static std::string add(const ArtifactCache& cache, std::string_view key,
                         const std::vector<uint8_t>& bytes) {
    auto file = cache.create(key);
    EXPECT_TRUE(file) << file.error();
    EXPECT_TRUE(file->write(bytes));
    const auto path = file->commit();
    EXPECT_TRUE(path) << path.error();
    return *path;
  }
  size_t filesThere() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

  const std::string root = testing::TempDir() + "wasmc-cache-" + std::to_string(getpid());
  const std::string folder = root + "/a/b";
};

TEST_F(Cache, FindsWhatWasCommitted) {
  const ArtifactCache cache = open();
  EXPECT_FALSE(cache.find("k"));
  const std::string path = add(cache, "k", bytesOf(100, 7));
  EXPECT_EQ(cache.find("k"), path);
  EXPECT_EQ(contentOf(path), bytesOf(100, 7));
}

TEST_F(Cache, IsPrivateToTheUser) {
  open();
  EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
}

TEST_F(Cache, WhatIsNotCommittedIsNotFoundAndLeavesNothing) {
  const ArtifactCache cache = open();
  {
    auto file = cache.create("k");
    ASSERT_TRUE(file) << file.error();
    ASSERT_TRUE(file->write(bytesOf(100, 7)));
    EXPECT_FALSE(cache.find("k"));
  }
  EXPECT_EQ(filesThere(), 0);
}

TEST_F(Cache, WhatACrashedProcessLeftIsRemovedADayLater) {
  const ArtifactCache cache = open();
  const pid_t child = fork();
  if (child == 0) {
    const auto file = cache.create("k");
    _exit(file ? 0 : 1);  // without the destructor
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  ASSERT_EQ(filesThere(), 1);
  add(cache, "another", bytesOf(1, 1));
  EXPECT_EQ(filesThere(), 2);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().extension() != ".so") setUsed(entry.path(), 1);
  add(cache, "third", bytesOf(1, 1));
  EXPECT_EQ(filesThere(), 2);
}

TEST_F(Cache, WhatWasNotUsedForTheLongestTimeMakesRoom) {
  const ArtifactCache cache = open(3 * 65536);
  setUsed(add(cache, "old", bytesOf(65536, 1)), 1000);
  setUsed(add(cache, "used", bytesOf(65536, 2)), 999);
  setUsed(add(cache, "young", bytesOf(65536, 3)), 2000);
  EXPECT_TRUE(cache.find("used"));  // now it is the youngest
  add(cache, "new", bytesOf(65536, 4));
  EXPECT_FALSE(cache.find("old"));
  EXPECT_TRUE(cache.find("used"));
  EXPECT_TRUE(cache.find("young"));
  EXPECT_TRUE(cache.find("new"));
}

TEST_F(Cache, AFileThatIsLargerThanTheCacheIsKeptAlone) {
  const ArtifactCache cache = open(65536);
  add(cache, "small", bytesOf(4096, 1));
  add(cache, "large", bytesOf(100'000, 2));
  EXPECT_FALSE(cache.find("small"));
  EXPECT_TRUE(cache.find("large"));
}

TEST_F(Cache, BeingFoundKeepsTheTimeOfModification) {
  const ArtifactCache cache = open();
  const std::string path = add(cache, "k", bytesOf(1, 1));
  setUsed(path, 1000);
  cache.find("k");
  struct stat info{};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mtim.tv_sec, 1000);
  EXPECT_GT(info.st_atim.tv_sec, 1000);
}

TEST_F(Cache, ProcessesThatMakeTheSameFileAllSeeItWhole) {
  const ArtifactCache cache = open(2 * 1024 * 1024);
  std::vector<pid_t> children;
  for (int child = 0; child < 4; ++child) {
    children.push_back(fork());
    if (children.back() != 0) continue;
    bool whole = true;
    for (int round = 0; round < 20; ++round) {
      const std::string key = "k" + std::to_string(round % 5);
      const auto value = static_cast<uint8_t>(round % 5);
      if (const auto found = cache.find(key)) {
        const auto content = contentOf(*found);  // empty: another process removed it to make room
        whole = whole && (content.empty() || content == bytesOf(500'000, value));
      }
      auto file = cache.create(key);
      whole = whole && file && file->write(bytesOf(500'000, value)) && file->commit();
    }
    _exit(whole ? 0 : 1);
  }
  for (pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
}

TEST_F(Cache, AFolderThatCanNotBeMadeIsAnErrorThatNamesIt) {
  const auto cache = ArtifactCache::open("/proc/wasmc/cache");
  ASSERT_FALSE(cache);
  EXPECT_TRUE(cache.error().starts_with("'/proc/wasmc/cache': ")) << cache.error();
}

TEST(CacheKey, DependsOnEachPartAndWhereItEnds) {
  const std::vector<std::string> a = {"ab", "c"};
  const std::vector<std::string> b = {"a", "bc"};
  EXPECT_NE(cacheKey(a), cacheKey(b));
  EXPECT_EQ(cacheKey(a).size(), 64);
}

}  // namespace
}  // namespace wasmc::compiler
