package org.almagest.io.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almagest.io.SourceOptions;
import org.almagest.io.source.SourceFiles;
import org.almagest.schema.DatasetSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries of Parquet are optional: without them one format is missing and nothing else. */
class WithoutParquetTest {
    @TempDir
    Path folder;

    /** Loads our formats anew, and finds nothing of the libraries. */
    private static final class Poorer extends ClassLoader {
        Poorer() {
            super(WithoutParquetTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.") || name.startsWith("com.github.luben.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("org.almagest.io.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static Object open(Path file) throws Throwable {
        Poorer loader = new Poorer();
        Class<?> options = loader.loadClass(SourceOptions.class.getName());
        Method open = loader.loadClass(SourceFiles.class.getName())
                .getMethod("open", Path.class, DatasetSchema.class, options);
        try {
            return open.invoke(null, file, null, options.getField("DEFAULT").get(null));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void otherFormatsAreReadAndParquetIsRefusedInWords() throws Throwable {
        Path csv = Files.writeString(folder.resolve("a.csv"), "time,a\n2025-01-01T00:00:00Z,1\n");
        ((AutoCloseable) open(csv)).close();
        Path parquet = Files.writeString(folder.resolve("a.parquet"), "PAR1....PAR1");
        assertEquals(
                parquet + ": Parquet cannot be read here (add parquet-hadoop and parquet-floor)",
                assertThrows(RuntimeException.class, () -> open(parquet)).getMessage());
    }
}
