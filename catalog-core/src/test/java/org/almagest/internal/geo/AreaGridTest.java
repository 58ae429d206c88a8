package org.almagest.internal.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.almagest.internal.geo.AreaGrid.Cell;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

class AreaGridTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private static AreaGrid grid(Geometry area) {
        Outline outline = new Outline();
        assertTrue(outline.set(area));
        AreaGrid grid = AreaGrid.over(outline);
        assertNotNull(grid);
        return grid;
    }

    private static Polygon square(double west, double south, double side) {
        return (Polygon) FACTORY.toGeometry(new Envelope(west, west + side, south, south + side));
    }

    @Test
    void edgesBelongToTheBoundaryAndHolesToTheOutside() {
        LinearRing hole = square(24, 24, 16).getExteriorRing();
        AreaGrid grid = grid(FACTORY.createPolygon(square(0, 0, 64).getExteriorRing(), new LinearRing[] {hole}));
        assertEquals(Cell.INSIDE, grid.cell(10, 10));
        assertEquals(Cell.OUTSIDE, grid.cell(32, 32));
        assertEquals(Cell.BOUNDARY, grid.cell(0, 10));
        assertEquals(Cell.BOUNDARY, grid.cell(64, 64));
        assertEquals(Cell.BOUNDARY, grid.cell(24, 30));
        assertEquals(Cell.OUTSIDE, grid.cell(-1, 10));
        assertEquals(Cell.INSIDE, grid.box(2, 2, 22, 60));
        assertEquals(Cell.BOUNDARY, grid.box(2, 2, 30, 30));
        assertEquals(Cell.OUTSIDE, grid.box(26, 26, 38, 38));
        assertEquals(Cell.BOUNDARY, grid.box(-10, -10, 70, 70));
    }

    @Test
    void anAreaWithoutWidthHasNone() {
        Outline outline = new Outline();
        assertTrue(outline.set(FACTORY.createPolygon(new Coordinate[] {
            new Coordinate(0, 0), new Coordinate(5, 0), new Coordinate(5, 1e-4), new Coordinate(0, 0)
        })));
        assertNull(AreaGrid.over(outline));
    }

    private static Polygon star(SplittableRandom random) {
        int corners = 3 + random.nextInt(60);
        // Some stars are narrow, some are far from where numbers are fine, some have corners on lines of the grid.
        double stretch = random.nextInt(3) == 0 ? 1e-2 : 1;
        double x = random.nextInt(-150, 150);
        double y = random.nextInt(-70, 70);
        boolean snaps = random.nextBoolean();
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double radius = random.nextDouble(0.5, 8);
            double px = radius * Math.cos(angle);
            double py = radius * Math.sin(angle) * stretch;
            ring[i] = snaps
                    ? new Coordinate(x + Math.rint(px * 8) / 8, y + Math.rint(py * 64) / 64)
                    : new Coordinate(x + px, y + py);
        }
        ring[corners] = ring[0].copy();
        return FACTORY.createPolygon(ring);
    }

    @Test
    void neverSaysMoreThanTheArea() {
        int[] told = new int[Cell.values().length];
        Seeded.repeat(1_000, random -> {
            Polygon area = star(random);
            Envelope around = area.getEnvelopeInternal();
            if (!area.isValid() || around.getHeight() < 0.01) {
                return;
            }
            AreaGrid grid = grid(area);
            PreparedGeometry exact = PreparedGeometryFactory.prepare(area);
            for (int i = 0; i < 50; i++) {
                double west = around.getMinX() + around.getWidth() * random.nextDouble(-0.1, 1);
                double south = around.getMinY() + around.getHeight() * random.nextDouble(-0.1, 1);
                double size = random.nextInt(4) == 0 ? 0 : random.nextDouble(0.2);
                Envelope box =
                        new Envelope(west, west + around.getWidth() * size, south, south + around.getHeight() * size);
                Cell cell = grid.box(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY());
                told[cell.ordinal()]++;
                Geometry asked = FACTORY.toGeometry(box);
                if (cell == Cell.INSIDE) {
                    assertTrue(exact.covers(asked), () -> area + " " + asked);
                } else if (cell == Cell.OUTSIDE) {
                    assertFalse(exact.intersects(asked), () -> area + " " + asked);
                }
            }
        });
        assertTrue(
                told[0] > 5_000 && told[1] > 5_000 || Long.getLong("almagest.seed") != null, told[0] + " " + told[1]);
    }
}
