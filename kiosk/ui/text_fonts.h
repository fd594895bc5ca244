#pragma once

namespace foyer {

/// Makes Inter, Material Design Icons and Noto Sans the only fonts fontconfig knows in
/// this program (Pango and Cairo ask fontconfig): the same pixels whatever else is
/// installed, and a start without reading the machine's 40 configuration files. Once is
/// enough; without Inter the machine's own configuration stays. Main thread, before any
/// other use of fontconfig.
void use_own_fonts();

}  // namespace foyer
