#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace foyer {

/// Where something stands in an imported file.
struct FilePlace {
    std::int64_t entry = 0;   ///< 1 for the first entry of a Bundle or list; 0: none
    std::int64_t line = 0;    ///< 1 for the first line
    std::int64_t offset = 0;  ///< bytes before it
};

/// "entry 12 (line 340)", "line 7"; by byte where the whole file is one line.
std::string describe(const FilePlace& place);

/// One resource as it stands in the file. The views live as long as the call.
struct RawResource {
    std::string_view json;  ///< a balanced object; not yet checked to be valid JSON
    /// Its resourceType as written, for passing over types nobody wants without parsing
    /// them; empty if it is missing, no string or too long.
    std::string_view type;
    std::string_view full_url;
    FilePlace place;
};

/// Who is told what a file holds.
class BundleListener {
public:
    virtual ~BundleListener() = default;

    /// A resource; a failure ends the reading and is what read_bundle() answers.
    virtual Result<void> on_resource(const RawResource& resource) = 0;
    /// Something that cannot be taken; the reading goes on behind it.
    virtual void on_refused(const FilePlace& place, std::string why) = 0;
    /// Nothing more can be read. What came before stands.
    virtual void on_broken(const FilePlace& place, std::string why) = 0;
    virtual void on_progress(std::int64_t bytes_done) = 0;
    /// A link of the Bundle ("next"), as it is written: JSON escapes but `\/` stand.
    virtual void on_link(std::string_view relation, std::string_view url);
};

enum class Layout {
    guess,  ///< by what the file looks like
    lines,  ///< NDJSON: a broken line costs that line only
};

/// Reads a Bundle, NDJSON, a list of resources or a single resource, telling the
/// resources one by one in the order of the file. Holds one resource at a time, never
/// more than import_limits::resource_bytes and one chunk, however large the file.
///
/// It finds where resources begin and end and leaves what is in them to parse_json():
/// a fault inside a resource whose brackets balance costs that resource only. Fails
/// when the stream cannot be read (`bad_input`) and with whatever the listener failed
/// with; faults of the file go to the listener.
Result<void> read_bundle(std::istream& in, Layout layout, BundleListener& listener);

}  // namespace foyer
