import type { Box } from '../picture/paint'

export type Point = readonly [x: number, y: number]

/** Smaller than this nobody can see or take hold of it, in px of the picture's space. */
export const SMALLEST = 12

/** A box between two points, whichever way it was drawn. */
export function boxBetween([x, y]: Point, [toX, toY]: Point): Box {
  return [Math.min(x, toX), Math.min(y, toY), Math.abs(toX - x), Math.abs(toY - y)]
}

/** A box of a part of an area's size, in the middle of it. */
export function middleOf([x, y, width, height]: Box, wide: number, high: number): Box {
  return [
    Math.round(x + (width * (1 - wide)) / 2),
    Math.round(y + (height * (1 - high)) / 2),
    Math.round(width * wide),
    Math.round(height * high),
  ]
}

/** What of a box is in an area; undefined where that is too little to be anything. */
export function partIn([x, y, width, height]: Box, [left, top, wide, high]: Box): Box | undefined {
  const fromX = Math.max(x, left)
  const fromY = Math.max(y, top)
  const part: Box = [
    fromX,
    fromY,
    Math.min(x + width, left + wide) - fromX,
    Math.min(y + height, top + high) - fromY,
  ]
  return part[2] >= SMALLEST && part[3] >= SMALLEST ? part : undefined
}

/** True where boxes share a pixel. */
export function meet([x, y, width, height]: Box, [left, top, wide, high]: Box): boolean {
  return x < left + wide && left < x + width && y < top + high && top < y + height
}

export function hasPoint([left, top, width, height]: Box, [x, y]: Point): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height
}

/** A box moved, at most to the edge of an area. */
export function moved([x, y, width, height]: Box, [across, down]: Point, area: Box): Box {
  const [left, top, wide, high] = area
  return [
    between(left, x + across, left + wide - width),
    between(top, y + down, top + high - height),
    width,
    height,
  ]
}

/** A box made larger or smaller at its lower right corner, at most to the edge of an area. */
export function resized([x, y, width, height]: Box, [across, down]: Point, area: Box): Box {
  const [left, top, wide, high] = area
  return [
    x,
    y,
    between(SMALLEST, width + across, left + wide - x),
    between(SMALLEST, height + down, top + high - y),
  ]
}

/** A point moved, at most to the edge of an area. */
export function movedPoint([x, y]: Point, [across, down]: Point, area: Box): Point {
  const [left, top, wide, high] = area
  return [between(left, x + across, left + wide), between(top, y + down, top + high)]
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
