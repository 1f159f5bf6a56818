#include <wasmc/exception.h>
#include <wasmc/tag.h>
#include <wasmc/val.h>

namespace wasmc {

struct Exception::Data {
  Tag tag;
  std::vector<Val> values;
};

Exception::Exception(Tag tag, std::vector<Val> values)
    : data_(std::make_shared<const Data>(Data{tag, std::move(values)})) {}

const Tag& Exception::tag() const { return data_->tag; }
const std::vector<Val>& Exception::values() const { return data_->values; }

}  // namespace wasmc
