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
  t.max_size = std::min(limits.max.value_or(UINT32_MAX), uint64_t{UINT32_MAX});
  if (const Grown made = table->grow(limits.min, init); !made)
    return growthError(made.error(), "cannot make " + toString(ExternType(type)),
                       "StoreLimits::table_elements", store.table_budget);
  return table;
}

TableImpl::~TableImpl() {
  store_.table_budget.give(size());
  std::free(instance_->elements);
}

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

bool TableImpl::resize(uint64_t size) {
  // An empty block would be null, as a failure is.
  void* elements = std::realloc(instance_->elements, std::max(size, uint64_t{1}) * elementSize());
  if (!elements) return false;
  instance_->elements = elements;
  instance_->size = size;
  return true;
}

Grown TableImpl::grow(uint64_t count, void* init) {
  const abi::TableInstance& t = *instance_;
  const uint64_t old = t.size;
  if (count > t.max_size - old) return std::unexpected(NoGrowth::Maximum);
  if (count == 0) return old;
  Budget& budget = store_.table_budget;
  if (!budget.take(count)) return std::unexpected(NoGrowth::Budget);
  const auto giveUp = [&](NoGrowth why) {
    budget.give(count);
    return std::unexpected(why);
  };
  if (!store_.limits.growth.allows({Growth::Kind::Table, old, old + count, t.max_size}))
    return giveUp(NoGrowth::Refused);
  if (!resize(old + count)) return giveUp(NoGrowth::System);
  fill(old, count, init);
  return old;
}

bool TableImpl::reset(void* init) {
  const uint64_t grown = size() - type_.limits.min;
  if (grown > 0 && !resize(type_.limits.min)) return false;
  store_.table_budget.give(grown);
  fill(0, size(), init);
  return true;
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
  WASMC_USES_STORE(*store.impl());
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
  WASMC_USES_STORE(table.store());
  table.set(index, reinterpret_cast<void*>(value.raw().lo));
  return {};
}

Result<uint64_t> Table::grow(uint64_t count, const Val& init) const {
  TableImpl& table = TableImpl::of(*table_);
  if (Result<void> checked = detail::checkValue(init, table.type().element, store(), "initial element");
      !checked)
    return std::unexpected(std::move(checked).error());
  WASMC_USES_STORE(table.store());
  const detail::Grown old = table.grow(count, reinterpret_cast<void*>(init.raw().lo));
  if (!old)
    return growthError(
        old.error(),
        "cannot grow " + toString(ExternType(type())) + " by " + std::to_string(count) + " elements",
        "StoreLimits::table_elements", table.store().table_budget);
  return *old;
}

TableType Table::type() const { return TableImpl::of(*table_).type(); }

StoreRef Table::store() const { return StoreRef(&TableImpl::of(*table_).store()); }

}  // namespace wasmc
