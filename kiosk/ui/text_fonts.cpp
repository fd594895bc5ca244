#include "kiosk/ui/text_fonts.h"

#include <fontconfig/fontconfig.h>

namespace foyer {
namespace {

// The folders are those of Debian's fonts-inter, fonts-materialdesignicons-webfont,
// fonts-noto-core and fonts-noto-cjk; their caches are made when the packages are
// installed (the caches of folders, so a folder named here is found). Only upright sans
// faces with outlines: fewer to choose from, and a texture of alpha shows no colours.
const char* const configuration = R"(<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts/opentype/inter</dir>
  <dir>/usr/share/fonts/truetype/materialdesignicons-webfont</dir>
  <dir>/usr/share/fonts/truetype/noto</dir>
  <dir>/usr/share/fonts/opentype/noto</dir>
  <cachedir>/var/cache/fontconfig</cachedir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <selectfont>
    <acceptfont>
      <glob>*/Inter-Regular.otf</glob>
      <glob>*/Inter-Medium.otf</glob>
      <glob>*/Inter-SemiBold.otf</glob>
      <glob>*/Inter-Bold.otf</glob>
      <glob>*/InterDisplay-Regular.otf</glob>
      <glob>*/InterDisplay-Medium.otf</glob>
      <glob>*/InterDisplay-SemiBold.otf</glob>
      <glob>*/InterDisplay-Bold.otf</glob>
      <glob>*/materialdesignicons-webfont.ttf</glob>
      <glob>*/NotoSans*-Regular.*</glob>
      <glob>*/NotoSans*-Bold.*</glob>
    </acceptfont>
    <rejectfont><glob>*</glob></rejectfont>
  </selectfont>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Noto Sans</string></edit>
  </match>
</fontconfig>
)";

bool has_inter(FcConfig* config) {
    FcPattern* pattern =
        FcPatternBuild(nullptr, FC_FAMILY, FcTypeString, "Inter", nullptr);
    FcFontSet* found = FcFontList(config, pattern, nullptr);
    const bool has = found && found->nfont > 0;
    if (found) FcFontSetDestroy(found);
    FcPatternDestroy(pattern);
    return has;
}

void read_configuration() {
    FcConfig* own = FcConfigCreate();
    const auto* text = reinterpret_cast<const FcChar8*>(configuration);
    if (FcConfigParseAndLoadFromMemory(own, text, FcFalse) && FcConfigBuildFonts(own) &&
        has_inter(own))
        FcConfigSetCurrent(own);  // takes a reference
    FcConfigDestroy(own);
}

}  // namespace

void use_own_fonts() {
    [[maybe_unused]] static const bool once = (read_configuration(), true);
}

}  // namespace foyer

#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __lsan_default_suppressions();

/// Pango sorts fonts in a thread of its own, which may still be at it when a short test
/// ends; fontconfig's patterns point by offsets, which the leak check cannot follow.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig.so\n";
}
#endif
