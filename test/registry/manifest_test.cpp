#include <gtest/gtest.h>
#include <wasmc/host_registry.h>

namespace wasmc {
namespace {

std::string problemOf(std::string_view json) {
  const Result<Manifest> manifest = Manifest::parse(json);
  if (manifest) return "none";
  EXPECT_EQ(manifest.error().code, ErrorCode::Format);
  const std::string& text = manifest.error().message;
  EXPECT_TRUE(text.starts_with("manifest: ")) << text;
  EXPECT_TRUE(text.ends_with(R"(; a manifest is {"namespaces": ["name", …]})")) << text;
  return text.substr(10, text.rfind("; a manifest") - 10);
}

TEST(Manifest, ListsNamespaces) {
  const Result<Manifest> manifest = Manifest::parse(R"({"namespaces": ["log", "clock"]})");
  ASSERT_TRUE(manifest) << manifest.error().message;
  EXPECT_EQ(manifest->namespaces, (std::vector<std::string>{"log", "clock"}));
}

TEST(Manifest, MayListNothing) { EXPECT_EQ(problemOf(R"({"namespaces": []})"), "none"); }

TEST(Manifest, ASyntaxErrorIsShownWithItsPlace) {
  EXPECT_TRUE(problemOf("{\"namespaces\":\n [1,,]}").starts_with("found the number 1"));
  EXPECT_TRUE(problemOf("{\"namespaces\":\n [\"a\",,]}").starts_with("parse error at line 2, column 7"))
      << problemOf("{\"namespaces\":\n [\"a\",,]}");
  EXPECT_TRUE(problemOf("").starts_with("parse error at line 1, column 1"));
}

TEST(Manifest, AnotherKeyIsAnError) {
  EXPECT_EQ(problemOf(R"({"namespace": ["log"]})"), R"(unknown key "namespace", expected "namespaces")");
}

TEST(Manifest, AMissingKeyIsAnError) { EXPECT_EQ(problemOf("{}"), R"(the key "namespaces" is missing)"); }

TEST(Manifest, AKeyStandsOnce) {
  EXPECT_EQ(problemOf(R"({"namespaces": [], "namespaces": []})"), R"(the key "namespaces" stands twice)");
}

TEST(Manifest, OtherKindsOfValuesAreErrors) {
  EXPECT_EQ(problemOf("[]"), "found an array, expected an object");
  EXPECT_EQ(problemOf("null"), "found null, expected an object");
  EXPECT_EQ(problemOf(R"({"namespaces": "log"})"), R"(found the string "log", expected an array of strings)");
  EXPECT_EQ(problemOf(R"({"namespaces": [["log"]]})"), "found an array, expected a string");
  EXPECT_EQ(problemOf(R"({"namespaces": [true]})"), "found true, expected a string");
}

TEST(Manifest, DeepNestingIsAnErrorAndNoMore) {
  EXPECT_EQ(problemOf(std::string(1'000'000, '[')), "found an array, expected an object");
}

TEST(Manifest, WhatFollowsIsAnError) {
  EXPECT_TRUE(problemOf(R"({"namespaces": []} x)").starts_with("parse error"));
}

}  // namespace
}  // namespace wasmc
