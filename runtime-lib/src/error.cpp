#include <wasmc/result.h>

namespace wasmc {

const char* errorName(ErrorCode code) {
  switch (code) {
#define WASMC_ERROR(Name, number, meaning) \
  case ErrorCode::Name: return #Name;
#include <wasmc/error_codes.def>
  }
  return "unknown error";
}

namespace {

ErrorCode errorCodeOf(TrapCode code) {
  switch (code) {
    case TrapCode::Interrupted: return ErrorCode::Interrupted;
    case TrapCode::OutOfFuel: return ErrorCode::FuelExhausted;
    default: return ErrorCode::Trap;
  }
}

}  // namespace

Error Error::ofTrap(TrapCode code) {
  return {errorCodeOf(code), std::string("wasm trap: ") + abi::trapMessage(code), Trap(code), 0};
}

bool Error::isTrap() const { return trap && code == errorCodeOf(trap->code()); }

Error Error::exit(int32_t status) {
  return {ErrorCode::Exit, "the guest ended with status " + std::to_string(status), std::nullopt, status};
}

Error Error::thrown(Exception exception) {
  Error error{ErrorCode::Exception, "uncaught exception", std::nullopt, 0};
  error.exception = std::move(exception);
  return error;
}

Error Error::host(std::string message) { return {ErrorCode::Host, std::move(message), std::nullopt, 0}; }

}  // namespace wasmc
