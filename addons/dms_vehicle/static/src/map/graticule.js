const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 45];
const ROOM = 70;
const NORTHMOST = 85;

/** Return the closest lines, in degrees, between which a text has room. */
export function stepFor(degrees, pixels) {
    const fits = (step) => (step / degrees) * pixels >= ROOM;
    return STEPS.find(fits) || STEPS.at(-1);
}

/** Return the multiples of step between two degrees. */
export function degreesBetween(from, to, step) {
    const first = Math.ceil(from / step);
    const count = Math.floor(to / step) - first + 1;
    return Array.from({length: Math.max(count, 0)}, (_, n) =>
        Number(((first + n) * step).toFixed(2)),
    );
}

/** Return a degree as maps print it, such as 30°N. */
export function degreeText(value, [positive, negative]) {
    const side = value > 0 ? positive : negative;
    return `${Math.abs(value)}°${value ? side : ""}`;
}

/** Draw lines of degrees on a Leaflet map: a background that needs no network. */
export function addGraticule(L, map) {
    const group = L.layerGroup().addTo(map);
    const redraw = () => {
        group.clearLayers();
        const shown = map.getBounds();
        const box = {
            south: Math.max(shown.getSouth(), -NORTHMOST),
            north: Math.min(shown.getNorth(), NORTHMOST),
            west: shown.getWest(),
            east: shown.getEast(),
        };
        const step = stepFor(box.east - box.west, map.getSize().x);
        drawParallels(L, group, box, step);
        drawMeridians(L, group, box, step);
    };
    map.on("moveend resize", redraw);
    map.whenReady(redraw);
    return group;
}

function drawParallels(L, group, box, step) {
    for (const latitude of degreesBetween(box.south, box.north, step)) {
        const ends = [
            [latitude, box.west],
            [latitude, box.east],
        ];
        drawLine(L, group, ends);
        drawText(L, group, ends[1], degreeText(latitude, "NS"), "parallel");
    }
}

function drawMeridians(L, group, box, step) {
    for (const longitude of degreesBetween(box.west, box.east, step)) {
        const ends = [
            [box.south, longitude],
            [box.north, longitude],
        ];
        drawLine(L, group, ends);
        drawText(L, group, ends[1], degreeText(longitude, "EW"), "meridian");
    }
}

function drawLine(L, group, ends) {
    const options = {className: "o_dms_graticule", interactive: false, weight: 1};
    L.polyline(ends, {...options, noClip: true}).addTo(group);
}

function drawText(L, group, place, text, kind) {
    const html = document.createElement("span");
    html.textContent = text;
    const className = `o_dms_degree o_dms_degree_${kind}`;
    const icon = L.divIcon({className, html, iconSize: null});
    L.marker(place, {icon, interactive: false, keyboard: false}).addTo(group);
}
