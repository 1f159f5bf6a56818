// The description as a page: report.html with the JSON document in it, which its script draws.
#include "describe.h"
#include "report_html.h"

#include <string_view>

namespace wasmc::inspect {

std::string toHtml(const Json& description) {
  const std::string json = description.dump(-1, ' ', true, Json::error_handler_t::replace);
  constexpr std::string_view kPlace = "@DATA@";
  const std::string_view page = kReportHtml;
  const size_t place = page.find(kPlace);
  std::string text(page.substr(0, place));
  // Nothing in the document may end the script element that it stands in.
  for (char c : json) c == '<' ? text += "\\u003c" : text += c;
  return text.append(page.substr(place + kPlace.size()));
}

}  // namespace wasmc::inspect
