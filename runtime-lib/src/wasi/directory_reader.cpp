#include "wasi/directory_reader.h"

#include <dirent.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace wasmc::wasi {
namespace {

// Layout of a record of getdents64(2). The name follows, with a NUL.
struct Record {
  uint64_t d_ino;
  int64_t d_off;
  uint16_t d_reclen;
  uint8_t d_type;
};
constexpr size_t kNameOffset = 19;
static_assert(offsetof(Record, d_type) + 1 == kNameOffset);

FileType fromDirentType(uint8_t type) {
  switch (type) {
    case DT_REG: return FileType::RegularFile;
    case DT_DIR: return FileType::Directory;
    case DT_LNK: return FileType::SymbolicLink;
    case DT_CHR: return FileType::CharacterDevice;
    case DT_BLK: return FileType::BlockDevice;
    case DT_SOCK: return FileType::SocketStream;
    default: return FileType::Unknown;
  }
}

}  // namespace

Expected<Size> DirectoryReader::read(int directory, DirCookie cookie, GuestBytes buffer) {
  if (Errno error = seek(directory, cookie); error != Errno::Success) return fail(error);
  uint64_t used = 0;
  const auto append = [&](const void* bytes, size_t length) {
    const size_t part = std::min<uint64_t>(length, buffer.size() - used);
    std::memcpy(buffer.data() + used, bytes, part);
    used += part;
    return part == length;
  };
  while (used < buffer.size()) {
    const Expected<const Entry*> entry = peek(directory);
    if (!entry) return fail(entry.error());
    if (*entry == nullptr) break;
    Dirent head = (*entry)->head;
    head.d_next = cookie_ + 1;
    if (!append(&head, sizeof(head)) || !append((*entry)->name, head.d_namlen)) break;
    advance();
  }
  return static_cast<Size>(used);
}

Errno DirectoryReader::seek(int directory, DirCookie cookie) {
  if (cookie == cookie_ && cookie != 0) return Errno::Success;
  if (cookie == 0) positions_.assign(1, 0);
  const DirCookie known = std::min<DirCookie>(cookie, positions_.size() - 1);
  cookie_ = known;
  if (known == 0 || !seekInBuffer(positions_[known])) {
    if (lseek(directory, static_cast<off_t>(positions_[known]), SEEK_SET) < 0) return lastError();
    filled_ = next_ = 0;
  }
  // A cookie from before the last start: the entry with that number.
  while (cookie_ < cookie) {
    const Expected<const Entry*> entry = peek(directory);
    if (!entry) return entry.error();
    if (*entry == nullptr) break;
    advance();
  }
  return Errno::Success;
}

// Finds a record among those at hand: mostly one that the last call has handed out in part.
bool DirectoryReader::seekInBuffer(DirCookie host_position) {
  DirCookie position = buffer_position_;
  for (size_t at = 0; at < filled_;) {
    if (position == host_position) {
      next_ = at;
      return true;
    }
    Record record;
    std::memcpy(&record, buffer_.data() + at, kNameOffset);
    at += record.d_reclen;
    position = static_cast<DirCookie>(record.d_off);
  }
  return false;
}

Expected<const DirectoryReader::Entry*> DirectoryReader::peek(int directory) {
  if (next_ == filled_) {
    if (Errno error = refill(directory); error != Errno::Success) return fail(error);
    if (filled_ == 0) return nullptr;
  }
  const std::byte* at = buffer_.data() + next_;
  Record record;
  std::memcpy(&record, at, kNameOffset);
  entry_.name = reinterpret_cast<const char*>(at + kNameOffset);
  entry_.size = record.d_reclen;
  entry_.head.d_next = static_cast<DirCookie>(record.d_off);
  entry_.head.d_ino = record.d_ino;
  entry_.head.d_namlen = static_cast<uint32_t>(std::strlen(entry_.name));
  entry_.head.d_type = fromDirentType(record.d_type);
  return &entry_;
}

// Past the entry that peek has found.
void DirectoryReader::advance() {
  next_ += entry_.size;
  ++cookie_;
  positions_.resize(cookie_ + 1);
  positions_[cookie_] = entry_.head.d_next;
}

// Goes on where the host's descriptor stands: after what was read last, or where seek has put it.
Errno DirectoryReader::refill(int directory) {
  const long count = syscall(SYS_getdents64, directory, buffer_.data(), buffer_.size());
  if (count < 0) return lastError();
  buffer_position_ = positions_[cookie_];
  filled_ = static_cast<size_t>(count);
  next_ = 0;
  return Errno::Success;
}

}  // namespace wasmc::wasi
