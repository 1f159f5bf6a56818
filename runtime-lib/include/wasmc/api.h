// WASMC_API marks what libwasmc-runtime.so exports.
#ifndef WASMC_API_H
#define WASMC_API_H

#define WASMC_API __attribute__((visibility("default")))

#endif  // WASMC_API_H
