// Entries of a directory, for fd_readdir.
//
// A cookie is the number of entries before the one it stands for. The positions that the file system itself
// gives (d_off of getdents64) would do, were they not 64-bit hashes: programs keep cookies in a `long`, which
// has 32 bits in wasm32 (telldir, seekdir). So the reader remembers the position of each entry that it has
// handed out, and a cookie stays good, whatever is created or removed meanwhile, until the directory is read
// from its start again. Cookie 0 is the start, and sees the directory as it is then.
#ifndef WASMC_WASI_DIRECTORY_READER_H
#define WASMC_WASI_DIRECTORY_READER_H

#include "wasi/errno.h"
#include "wasi/guest_memory.h"

#include <array>
#include <cstddef>
#include <vector>

namespace wasmc::wasi {

class DirectoryReader {
 public:
  // Fills `buffer` with entries that start at `cookie`; the last one may be cut off where the buffer ends.
  // The result is the number of bytes; fewer than the buffer has mean the end of the directory. `directory`
  // must be the same descriptor of the host at each call.
  Expected<Size> read(int directory, DirCookie cookie, GuestBytes buffer);

 private:
  // One record of getdents64(2).
  struct Entry {
    Dirent head;  // d_next is the position of the host
    const char* name;
    size_t size;  // of the record
  };

  Errno seek(int directory, DirCookie cookie);
  bool seekInBuffer(DirCookie host_position);
  // The entry at next_, reading more of the directory if there is none at hand. Null at its end.
  Expected<const Entry*> peek(int directory);
  void advance();
  Errno refill(int directory);

  alignas(8) std::array<std::byte, 32768> buffer_;
  size_t filled_ = 0;
  size_t next_ = 0;                         // offset of the record to hand out next
  Entry entry_;                             // there, decoded
  DirCookie cookie_ = 0;                    // of that record
  std::vector<DirCookie> positions_ = {0};  // of the host, for each cookie from 0 to at least cookie_
  DirCookie buffer_position_ = 0;           // of the host, for the first record
};

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_DIRECTORY_READER_H
