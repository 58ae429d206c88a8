package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.query.CoordinateSystem;
import org.almagest.query.Query;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without S2 on the class path all works but SPHERICAL queries, whose error names the artifact. */
class WithoutS2Test {
    @TempDir
    Path folder;

    /** Loads the engine anew, with neither S2 nor Guava. */
    private static final class Loader extends ClassLoader {
        Loader() {
            super(WithoutS2Test.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.google.common.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("org.almagest.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] all = bytes.readAllBytes();
                return defineClass(name, all, 0, all.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void everythingElseWorks() throws ReflectiveOperationException {
        Class<?> asking = new Loader().loadClass(Asking.class.getName());
        ((Consumer<Path>) asking.getDeclaredConstructor().newInstance()).accept(folder);
    }

    /** What is done with a catalog that lacks S2. */
    public static final class Asking implements Consumer<Path> {
        /** Loaded by name. */
        public Asking() {}

        @Override
        public void accept(Path folder) {
            try (Catalog catalog = Catalog.open(folder)) {
                assertFalse(catalog.capabilities().contains(Capability.SPHERICAL));
                Collection places = catalog.createDataset(
                                DatasetSpec.spatioTemporal("a.b").build())
                        .createCollection("c");
                places.ingest(List.of(Datapoint.at("2025-04-15T00:00:00Z")
                        .geometry(Fixtures.point(1, 2))
                        .build()));
                BoundingBox box = BoundingBox.of(0, 0, 3, 3);
                assertEquals(1, places.count(Query.allTime().intersecting(box).build()));
                SpatialFilter spherical =
                        SpatialFilter.of(SpatialPredicate.INTERSECTS, box).in(CoordinateSystem.SPHERICAL);
                InvalidRequestException e = assertThrows(
                        InvalidRequestException.class,
                        () -> places.count(Query.allTime().spatial(spherical).build()));
                assertEquals(
                        "query: spatial: SPHERICAL: needs com.google.geometry:s2-geometry on the class path",
                        e.getMessage());
            }
        }
    }
}
