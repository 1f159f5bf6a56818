// Exceptions: what guest code throws and nothing in it catches, and what host functions throw.
#ifndef WASMC_EXCEPTION_H
#define WASMC_EXCEPTION_H

#include <wasmc/api.h>

#include <memory>
#include <vector>

namespace wasmc {

class Tag;  // wasmc/tag.h
class Val;  // wasmc/val.h

// A tag and the values that its type asks for. A small shared handle to something immutable; the tag, and
// references among the values, are valid as long as their store.
class WASMC_API Exception {
 public:
  // To be thrown by a host function, see Error::thrown. The number and types of the values are checked when
  // it is thrown.
  Exception(Tag tag, std::vector<Val> values);

  const Tag& tag() const;
  const std::vector<Val>& values() const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

}  // namespace wasmc

#endif  // WASMC_EXCEPTION_H
