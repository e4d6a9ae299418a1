/** Outlines in metres: [[x, y], …]. Nothing here changes what it is given. */

export const STEP_M = 0.1;

export function round(value) {
    return Math.round(value * 100) / 100;
}

export function bounds(points) {
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const [right, bottom] = [Math.max(...xs), Math.max(...ys)];
    return {left, top, right, bottom, width: right - left, height: bottom - top};
}

/** The middle of the surface; where the name of a slot is written. */
export function centroid(points) {
    let [area, x, y] = [0, 0, 0];
    const [ox, oy] = points[0];
    points.forEach(([ax, ay], place) => {
        const [bx, by] = points[(place + 1) % points.length];
        const cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
        area += cross;
        x += (ax + bx - 2 * ox) * cross;
        y += (ay + by - 2 * oy) * cross;
    });
    return area ? [ox + x / (3 * area), oy + y / (3 * area)] : points[0];
}

export function translate(points, dx, dy) {
    return points.map(([x, y]) => [round(x + dx), round(y + dy)]);
}

export function rectangle([ax, ay], [bx, by]) {
    const [left, right] = [Math.min(ax, bx), Math.max(ax, bx)].map(round);
    const [top, bottom] = [Math.min(ay, by), Math.max(ay, by)].map(round);
    return [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
    ];
}

export function isInside(points, [x, y]) {
    let inside = false;
    points.forEach(([ax, ay], place) => {
        const [bx, by] = points[(place + 1) % points.length];
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) {
            inside = !inside;
        }
    });
    return inside;
}

/** The next corner within reach, or the point itself on a raster of 10 cm. */
export function snap(point, corners, reach) {
    let [best, nearest] = [null, reach];
    for (const corner of corners) {
        const far = Math.hypot(corner[0] - point[0], corner[1] - point[1]);
        if (far < nearest) {
            [best, nearest] = [corner, far];
        }
    }
    return best || point.map((n) => round(Math.round(n / STEP_M) * STEP_M));
}

/** How far outlines that are dragged by dx, dy go so that a corner meets another. */
export function snapMove(points, dx, dy, corners, reach) {
    let [best, nearest] = [null, reach];
    for (const [x, y] of points) {
        for (const [cx, cy] of corners) {
            const far = Math.hypot(cx - x - dx, cy - y - dy);
            if (far < nearest) {
                [best, nearest] = [[cx - x, cy - y], far];
            }
        }
    }
    return best || [dx, dy].map((n) => round(Math.round(n / STEP_M) * STEP_M));
}

/** The slot that comes next in a direction, as arrow keys go. */
export function neighbour(slots, from, [dx, dy]) {
    const [x, y] = centroid(from.polygon);
    let [best, nearest] = [null, Infinity];
    for (const slot of slots) {
        const [cx, cy] = centroid(slot.polygon);
        const along = (cx - x) * dx + (cy - y) * dy;
        const aside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
        if (slot !== from && along > 0.01 && along + 2 * aside < nearest) {
            [best, nearest] = [slot, along + 2 * aside];
        }
    }
    return best;
}

/** The code that follows. */
export function nextCode(code, taken) {
    const [, head, digits] = code.match(/^(.*?)(\d*)$/);
    let number = parseInt(digits || "0", 10);
    let next = code;
    while (taken.has(next)) {
        number += 1;
        next = head + String(number).padStart(digits.length || 1, "0");
    }
    return next;
}
