#pragma once

#include <filesystem>
#include <iosfwd>

namespace foyer {

/// `foyer gallery DIR`.
struct GalleryOptions {
    std::filesystem::path directory;  ///< made if it is not there
};

/// Draws every sample screen in every language, text size, theme and orientation of the
/// reference display, every page: DIR/<screen>/<variant>[-pN].png, the plain portrait
/// ones at full size, the others at half; and a labelled contact sheet a screen,
/// DIR/sheets/<screen>.png. Files that were there are replaced. Answers the exit code:
/// 0 done; 1 a picture could not be drawn or written, with one line on `err`. A
/// progress line on a terminal. Needs open_translations().
int gallery(const GalleryOptions& options);
int gallery(const GalleryOptions& options, std::ostream& out, std::ostream& err);

}  // namespace foyer
