#include "kiosk/commands/gallery.h"

#include <unistd.h>

#include <array>
#include <cmath>
#include <iostream>

#include "kiosk/stage.h"
#include "kiosk/thumbnail.h"

namespace foyer {

namespace {

namespace fs = std::filesystem;

/// A drawn page, small, for the contact sheet.
struct Thumbnail {
    std::string label;
    Picture picture;
};

Result<void> make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return fail(Error::Code::read_only, folder.string() + ": " + error.message());
    return {};
}

/// Text on a picture, in pixels: the labels of a sheet.
class Lettering {
public:
    Lettering(Canvas& canvas, TextEngine& text) : canvas_(canvas), text_(text) {}

    void write(const std::string& said, float size, float x, float y) {
        constexpr std::uint32_t ink = 0xFF2C2B1B;
        TextStyle style;
        style.size = size;
        const auto& block = text_.drawn(said, style, 0);
        if (block.texture == 0) return;
        const float x0 = std::round(x + block.ink_x), y0 = std::round(y + block.ink_y);
        const float x1 = x0 + float(block.ink_width), y1 = y0 + float(block.ink_height);
        const std::array<Vertex, 4> corners{
            Vertex{x0, y0, 0, 0, ink}, Vertex{x1, y0, 1, 0, ink},
            Vertex{x1, y1, 1, 1, ink}, Vertex{x0, y1, 0, 1, ink}};
        constexpr std::array<std::uint16_t, 6> two_triangles{0, 1, 2, 0, 2, 3};
        canvas_.triangles(block.texture, corners, two_triangles,
                          {0, 0, canvas_.width(), canvas_.height()});
    }

private:
    Canvas& canvas_;
    TextEngine& text_;
};

/// Thumbnails in rows under their labels.
Result<Picture> sheet(const std::string& title,
                      const std::vector<Thumbnail>& pictures) {
    constexpr int gap = 24, label = 34, heading = 72, columns = 12;
    constexpr std::uint32_t background = 0xFFD9E2E4;
    // Rows of as many pictures of one height as there is width for.
    struct Place {
        int x, y;
    };
    std::vector<Place> places;
    const int tall = pictures.empty() ? 0 : pictures.front().picture.height;
    const int widest = columns * (270 + gap) + gap;
    int x = gap, y = heading, width = 0, row = tall;
    for (const auto& [name, picture] : pictures) {
        if (x > gap && (x + picture.width + gap > widest || picture.height != row)) {
            x = gap;
            y += row + label + gap;
        }
        row = picture.height;
        places.push_back({x, y + label});
        x += picture.width + gap;
        width = std::max(width, x);
    }
    auto window = TRY(Window::in_memory(width, y + label + row + gap));
    TextEngine text(*window);
    Lettering lettering(*window, text);
    window->begin(background);
    lettering.write(title, 36, gap, 16);
    for (std::size_t i = 0; i < pictures.size(); ++i)
        lettering.write(pictures[i].label, 19, float(places[i].x),
                        float(places[i].y - label + 6));
    window->end();
    auto picture = TRY(window->read());
    for (std::size_t i = 0; i < pictures.size(); ++i)
        put(picture, pictures[i].picture, places[i].x, places[i].y);
    return picture;
}

/// The variant a person sees who changed nothing.
bool is_plain(const Variant& variant) {
    return variant.display.portrait() && variant.comfort.text == TextSize::normal &&
           !variant.comfort.high_contrast;
}

class Gallery {
public:
    Gallery(const fs::path& directory, std::ostream& err)
        : directory_(directory), err_(err) {}

    Result<int> draw_all() {
        TRY(make_folder(directory_ / "sheets"));
        const auto all = samples();
        const auto ways = variants(false);
        for (const auto& sample : all) {
            ++number_;
            progress(sample.name, all.size());
            TRY(make_folder(directory_ / sample.name));
            std::vector<Thumbnail> thumbnails;
            for (const bool portrait : {true, false})
                TRY(draw(sample, ways, portrait, thumbnails));
            const auto picture = TRY(sheet(sample.name, thumbnails));
            TRY(write_png(picture,
                          (directory_ / "sheets" / (sample.name + ".png")).string()));
        }
        return written_;
    }

    void end_progress() const {
        if (terminal_) err_ << "\r\x1b[K" << std::flush;
    }

private:
    Result<void> draw(const Sample& sample, const std::vector<Variant>& ways,
                      bool portrait, std::vector<Thumbnail>& thumbnails) {
        std::unique_ptr<Stage> stage;
        for (const auto& way : ways) {
            if (way.display.portrait() != portrait) continue;
            if (!stage) stage = std::make_unique<Stage>(way.display);
            const int pages = stage->build(sample, way.comfort).pages;
            for (int page = 0; page < pages; ++page) {
                if (page > 0) stage->build(sample, way.comfort, page);
                const auto picture = TRY(stage->draw());
                auto name = way.name();
                if (page > 0) name += "-p" + std::to_string(page + 1);
                const auto path = directory_ / sample.name / (name + ".png");
                TRY(write_png(is_plain(way) ? picture : reduced(picture, 2),
                              path.string()));
                ++written_;
                thumbnails.push_back({name, reduced(picture, 4)});
            }
        }
        return {};
    }

    void progress(const std::string& name, std::size_t of) {
        if (!terminal_) return;
        err_ << "\r\x1b[Kdrawing " << number_ << " of " << of << ": " << name
             << std::flush;
    }

    fs::path directory_;
    std::ostream& err_;
    const bool terminal_ = ::isatty(STDERR_FILENO) == 1;
    std::size_t number_ = 0;
    int written_ = 0;
};

}  // namespace

int gallery(const GalleryOptions& options, std::ostream& out, std::ostream& err) {
    Gallery pictures(options.directory, err);
    const auto written = pictures.draw_all();
    pictures.end_progress();
    if (!written) {
        err << "foyer: gallery: " << written.error().what << "\n";
        return 1;
    }
    out << *written << " pictures and " << samples().size() << " contact sheets in "
        << options.directory.string() << "\n";
    return 0;
}

int gallery(const GalleryOptions& options) {
    return gallery(options, std::cout, std::cerr);
}

}  // namespace foyer
