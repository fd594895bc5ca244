#include "platform/png.h"

#include <png.h>

#include <cstring>

#include "platform/canvas.h"

namespace foyer {

namespace {

// A kiosk's picture is some 8 MB; what is far larger is not one of ours.
constexpr std::size_t kMostBytes = std::size_t{256} << 20;

/// libpng's simplified interface; it never jumps out of our functions.
struct Png {
    png_image image{};
    Png() { image.version = PNG_IMAGE_VERSION; }
    ~Png() { png_image_free(&image); }
    Png(const Png&) = delete;
    Png& operator=(const Png&) = delete;
};

Result<Picture> finish(Png& png) {
    png.image.format = PNG_FORMAT_RGBA;
    const std::size_t size = PNG_IMAGE_SIZE(png.image);
    if (size > kMostBytes) return fail(Error::Code::bad_input, "the PNG is too large");
    Picture picture;
    picture.width = static_cast<int>(png.image.width);
    picture.height = static_cast<int>(png.image.height);
    picture.rgba.resize(size);
    if (!png_image_finish_read(&png.image, nullptr, picture.rgba.data(), 0, nullptr))
        return fail(Error::Code::bad_input, std::string("PNG: ") + png.image.message);
    return picture;
}

bool describe(const Picture& picture, png_image& image) {
    if (picture.width <= 0 || picture.height <= 0) return false;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_RGBA;
    image.flags = PNG_IMAGE_FLAG_FAST;
    return picture.rgba.size() == PNG_IMAGE_SIZE(image);
}

}  // namespace

Result<void> write_png(const Picture& picture, const std::string& path) {
    Png png;
    if (!describe(picture, png.image))
        return fail(Error::Code::bad_input, "not a picture: wrong number of pixels");
    if (!png_image_write_to_file(&png.image, path.c_str(), 0, picture.rgba.data(), 0,
                                 nullptr))
        return fail(Error::Code::read_only, path + ": " + png.image.message);
    return {};
}

Result<Picture> read_png(const std::string& path) {
    Png png;
    if (!png_image_begin_read_from_file(&png.image, path.c_str())) {
        const bool missing = std::strstr(png.image.message, "No such file") != nullptr;
        return fail(missing ? Error::Code::not_found : Error::Code::bad_input,
                    path + ": " + png.image.message);
    }
    return finish(png);
}

Result<std::string> encode_png(const Picture& picture) {
    Png png;
    if (!describe(picture, png.image))
        return fail(Error::Code::bad_input, "not a picture: wrong number of pixels");
    std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(png.image), '\0');
    png_alloc_size_t size = bytes.size();
    if (!png_image_write_to_memory(&png.image, bytes.data(), &size, 0,
                                   picture.rgba.data(), 0, nullptr))
        return fail(Error::Code::bad_input, std::string("PNG: ") + png.image.message);
    bytes.resize(size);
    return bytes;
}

Result<Picture> decode_png(std::string_view bytes) {
    Png png;
    if (!png_image_begin_read_from_memory(&png.image, bytes.data(), bytes.size()))
        return fail(Error::Code::bad_input, std::string("PNG: ") + png.image.message);
    return finish(png);
}

}  // namespace foyer
