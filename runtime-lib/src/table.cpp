#include <wasmc/table.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "store_impl.h"
#include "table_impl.h"
#include "value_check.h"

namespace wasmc {
namespace detail {
namespace {

abi::TableEntry entryFor(void* reference) {
  auto* ref = static_cast<abi::FuncRef*>(reference);
  if (!ref) return {};
  return {ref->code, ref->context, ref->type_id, 0, ref};
}

}  // namespace

Result<std::unique_ptr<TableImpl>> TableImpl::create(StoreImpl& store, const TableType& type, void* init,
                                                     abi::TableInstance* instance) {
  const Limits& limits = type.limits;
  if (limits.is64)
    return error(ErrorCode::Unsupported,
                 toString(ExternType(type)) + ": this runtime library has no 64-bit tables");
  if (limits.max && *limits.max < limits.min)
    return error(ErrorCode::Limit, toString(ExternType(type)) + ": the maximum is below the minimum");
  std::unique_ptr<TableImpl> table(new TableImpl(store, type, instance));
  abi::TableInstance& t = table->instance();
  t = {};
  t.owner = table.get();
  t.max_size = std::min({limits.max.value_or(UINT32_MAX), uint64_t{UINT32_MAX}, store.limits.table_elements});
  if (table->grow(limits.min, init) == kFailed)
    return error(ErrorCode::Limit,
                 "cannot provide " + toString(ExternType(type)) + ": StoreLimits::table_elements is " +
                     std::to_string(store.limits.table_elements) + ", or the system's memory is exhausted");
  return table;
}

TableImpl::~TableImpl() { std::free(instance_->elements); }

TableType TableImpl::type() const {
  TableType current = type_;
  current.limits.min = instance_->size;
  return current;
}

void* TableImpl::get(uint64_t index) const {
  return holdsFunctions() ? entries()[index].ref : static_cast<void**>(instance_->elements)[index];
}

void TableImpl::set(uint64_t index, void* reference) { fill(index, 1, reference); }

void TableImpl::fill(uint64_t begin, uint64_t count, void* reference) {
  if (holdsFunctions())
    std::fill_n(entries() + begin, count, entryFor(reference));
  else
    std::fill_n(static_cast<void**>(instance_->elements) + begin, count, reference);
}

void TableImpl::copy(uint64_t begin, const TableImpl& from, uint64_t from_begin, uint64_t count) {
  if (count == 0) return;
  const size_t size = elementSize();
  std::memmove(static_cast<uint8_t*>(instance_->elements) + begin * size,
               static_cast<const uint8_t*>(from.instance_->elements) + from_begin * size, count * size);
}

uint64_t TableImpl::grow(uint64_t count, void* init) {
  abi::TableInstance& t = *instance_;
  const uint64_t old = t.size;
  if (count > t.max_size || old > t.max_size - count) return kFailed;
  if (count == 0) return old;
  void* elements = std::realloc(t.elements, (old + count) * elementSize());
  if (!elements) return kFailed;
  t.elements = elements;
  t.size = old + count;
  fill(old, count, init);
  return old;
}

}  // namespace detail

using detail::TableImpl;

namespace {

std::unexpected<Error> noElement(uint64_t index, uint64_t size) {
  return error(ErrorCode::Memory, "no element " + std::to_string(index) + " in a table of " +
                                      std::to_string(size) + " elements");
}

}  // namespace

Result<Table> Table::create(StoreRef store, const TableType& type, const Val& init) {
  if (Result<void> checked = detail::checkValue(init, type.element, store, "initial element"); !checked)
    return std::unexpected(std::move(checked).error());
  Result<std::unique_ptr<TableImpl>> table =
      TableImpl::create(*store.impl(), type, reinterpret_cast<void*>(init.raw().lo), nullptr);
  if (!table) return std::unexpected(std::move(table).error());
  store.impl()->tables.push_back(*std::move(table));
  return Table(&store.impl()->tables.back()->instance());
}

Result<Val> Table::get(uint64_t index) const {
  if (index >= size()) return noElement(index, size());
  const TableImpl& table = TableImpl::of(*table_);
  return Val::fromRaw(table.type().element, {reinterpret_cast<uintptr_t>(table.get(index)), 0});
}

Result<void> Table::set(uint64_t index, const Val& value) const {
  if (index >= size()) return noElement(index, size());
  TableImpl& table = TableImpl::of(*table_);
  if (Result<void> checked = detail::checkValue(value, table.type().element, store(), "table element");
      !checked)
    return checked;
  table.set(index, reinterpret_cast<void*>(value.raw().lo));
  return {};
}

Result<uint64_t> Table::grow(uint64_t count, const Val& init) const {
  TableImpl& table = TableImpl::of(*table_);
  if (Result<void> checked = detail::checkValue(init, table.type().element, store(), "initial element");
      !checked)
    return std::unexpected(std::move(checked).error());
  const uint64_t old = table.grow(count, reinterpret_cast<void*>(init.raw().lo));
  if (old == TableImpl::kFailed)
    return error(ErrorCode::Limit, "cannot grow " + toString(ExternType(type())) + " by " +
                                       std::to_string(count) +
                                       " elements: its maximum, "
                                       "StoreLimits::table_elements or the system's memory is reached");
  return old;
}

TableType Table::type() const { return TableImpl::of(*table_).type(); }

StoreRef Table::store() const { return StoreRef(&TableImpl::of(*table_).store()); }

}  // namespace wasmc
