import {loadCSS, loadJS} from "@web/core/assets";

const FOLDER = "/dms_vehicle/static/lib/leaflet";

/**
 * Load Leaflet when the first map opens.
 *
 * The script comes first: a style sheet that is missing would be asked for again for
 * half a minute.
 */
export async function loadLeaflet() {
    await loadJS(`${FOLDER}/leaflet-src.js`);
    await loadCSS(`${FOLDER}/leaflet.css`);
    return window.L;
}
