#pragma once

#include <memory>
#include <string>

#include "kiosk/setup.h"
#include "platform/canvas.h"

namespace foyer {

/// How a controlled kiosk is started.
struct ControlOptions {
    int fd = -1;  ///< a connected stream socket
    Display display;
    Rotation rotation = Rotation::none;
};

/// Runs a kiosk without a display for whoever holds the other end of the socket (`foyer
/// play`): real flow, real records, real pictures, simulated devices, and a clock that
/// stands still until told. One JSON object a line in, one line back:
///
///   {"do":"tap","x":540,"y":900}        a finger down and up
///   {"do":"hold","x":60,"y":60}         pressed until it counts as held
///   {"do":"type","text":"Castellano"}   a keyboard's text
///   {"do":"key","name":"enter"}         back, del, left, right, home, end, enter, tab
///   {"do":"scan","text":"FOYER1:..."}   a code before the scanner
///   {"do":"slip","appointment":"a1","patient":""}   the same, for that visit's slip
///   {"do":"token","appointment":"a1","patient":""}  what that slip's QR code says
///   {"do":"wait","ms":10000}            time passes, with all that is due in it
///   {"do":"clock","set":"2026-11-23T09:00:00-05:00"}   somebody sets the clock
///   {"do":"device","name":"printer","state":"unplugged|plugged|empty|full"}
///   {"do":"network","state":"offline|online"}
///   {"do":"disk","state":"full|free"}   full: no file of this process can grow
///   {"do":"shot","path":"/tmp/a.png"}
///   {"do":"crash_after","effect":"SaveCheckIn"}   SIGKILL once that order is durable
///   {"do":"find","hex":"436173..."}     how often these bytes stand in this process
///   {"do":"look"}                       nothing
///
/// Each is answered when nothing more is going on: orders carried out, held-back
/// answers given (the clock moves to their time), the frame settled:
///
///   {"ok":true,"screen":"Welcome","frames":3,"printed":0,"tree":{...},
///    "now":"2026-11-23T14:00:00Z","language":"en","calls":0,"found":0,"token":"",
///    "drawn_us":[900],"durable_us":2100}
///
/// ("found" and "token" where they were asked for; how long each picture took, and when
/// after the command came the last order was stored for good, 0 if none was), or
/// {"ok":false,"error":"..."}, and nothing was done. Ends, with exit code 0, when the
/// socket is closed.
Exit run_controlled(const Options& options, const ControlOptions& control);

}  // namespace foyer
