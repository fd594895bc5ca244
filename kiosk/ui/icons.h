#pragma once

/// Glyphs of Material Design Icons (fonts-materialdesignicons-webfont), as UTF-8.
namespace foyer::icon {

inline constexpr char back[] = "\uf04d";
inline constexpr char bell[] = "\uf09a";
inline constexpr char backspace[] = "\uf06e";
inline constexpr char broom[] = "\uf0e2";
inline constexpr char calendar[] = "\uf0ee";
inline constexpr char calendar_check[] = "\uf0ef";
inline constexpr char calendar_clock[] = "\uf0f0";
inline constexpr char calendar_remove[] = "\uf0f4";
inline constexpr char camera[] = "\uf100";
inline constexpr char car[] = "\uf10b";
inline constexpr char check[] = "\uf12c";
inline constexpr char clipboard[] = "\uf14e";
inline constexpr char clock[] = "\uf150";
inline constexpr char close[] = "\uf156";
inline constexpr char contrast[] = "\uf196";
inline constexpr char document[] = "\uf219";
inline constexpr char remove[] = "\uf1c0";
inline constexpr char door[] = "\uf206";
inline constexpr char eraser[] = "\uf1fe";
inline constexpr char flower[] = "\uf24a";
inline constexpr char forward[] = "\uf142";
inline constexpr char help[] = "\uf2d7";
inline constexpr char home[] = "\uf2dc";
inline constexpr char human[] = "\uf2e6";
inline constexpr char information[] = "\uf2fc";
inline constexpr char keyboard[] = "\uf30c";
inline constexpr char leaf[] = "\uf32a";
inline constexpr char list[] = "\uf279";
inline constexpr char cloud_off[] = "\uf164";
inline constexpr char cloud_check[] = "\uf160";
inline constexpr char lock[] = "\uf33e";
inline constexpr char lower[] = "\uf046";
inline constexpr char map_marker[] = "\uf34e";
inline constexpr char message[] = "\uf369";
inline constexpr char minus[] = "\uf374";
inline constexpr char offline[] = "\uf5aa";
inline constexpr char palette[] = "\uf3d8";
inline constexpr char pause[] = "\uf3e4";
inline constexpr char pencil[] = "\uf3eb";
inline constexpr char people[] = "\uf00e";
inline constexpr char person[] = "\uf004";
inline constexpr char phone[] = "\uf3f2";
inline constexpr char play[] = "\uf40a";
inline constexpr char plus[] = "\uf415";
inline constexpr char printer[] = "\uf42a";
inline constexpr char printer_alert[] = "\uf42c";
inline constexpr char qr_scan[] = "\uf433";
inline constexpr char run[] = "\uf46e";
inline constexpr char search[] = "\uf349";
inline constexpr char sleep[] = "\uf4b2";
inline constexpr char sound[] = "\uf57e";
inline constexpr char star[] = "\uf4ce";
inline constexpr char sunset[] = "\uf59a";
inline constexpr char text_size[] = "\uf27f";
inline constexpr char timer[] = "\uf51f";
inline constexpr char translate[] = "\uf5ca";
inline constexpr char walk[] = "\uf583";
inline constexpr char wave[] = "\uf64a";
inline constexpr char wheelchair[] = "\uf5a4";
inline constexpr char wrench[] = "\uf5b7";

}  // namespace foyer::icon
