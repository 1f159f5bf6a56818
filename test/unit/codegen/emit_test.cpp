#include <gtest/gtest.h>
#include <llvm/Object/ELFObjectFile.h>

#include "objects.h"

namespace wasmc::compiler {
namespace {

using test::hostTarget;
using test::objectOf;

TEST(EmitObject, ReturnsTheCodeGeneratorsErrors) {
  const auto result =
      objectOf("define void @f() { call void asm \"no such instruction\", \"\"()\n ret void }", hostTarget());
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("code generation failed: "), std::string::npos)
      << result.error().message;
}

// The address map is sorted by it. LLVM would move cold code to .text.unlikely, which linkers put elsewhere.
TEST(EmitObject, PutsAllCodeInOneSection) {
  const auto object = objectOf(
      "define void @hot() hot { ret void }\n define void @cold() cold { ret void }\n"
      "define void @neither() { ret void }\n",
      hostTarget());
  ASSERT_TRUE(object) << object.error().message;
  const llvm::StringRef data(reinterpret_cast<const char*>(object->data()), object->size());
  const auto file =
      llvm::cantFail(llvm::object::ObjectFile::createELFObjectFile(llvm::MemoryBufferRef(data, "object")));
  for (const llvm::object::SectionRef& section : file->sections()) {
    if (!section.isText() || section.getSize() == 0) continue;
    EXPECT_EQ(llvm::cantFail(section.getName()).str(), ".text");
  }
}

}  // namespace
}  // namespace wasmc::compiler
