package org.almagest.storage.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.error.InvalidRequestException;
import org.almagest.spi.CatalogProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which provider opens a folder, each time with a copy of the class path of its own. */
class ProvidersTest {
    private static final String NO_IMPLEMENTATION =
            "catalog: no implementation on the class path (expected org.almagest:catalog-storage)";

    @TempDir
    Path temporary;

    private Path services;
    private Path engine;

    @BeforeEach
    void register() throws Exception {
        services = temporary.resolve("services");
        register(services, Foreign.class.getName());
        engine = Path.of(EmbeddedStart.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private static void register(Path services, String... providers) throws IOException {
        Path folder = Files.createDirectories(services.resolve("META-INF/services"));
        Files.write(folder.resolve(CatalogProvider.class.getName()), List.of(providers));
    }

    @Test
    void aRegisteredProviderOpensTheNewFolderThatItClaims() throws Exception {
        Path folder = temporary.resolve("a.foreign");
        assertEquals("foreign " + folder, opened(folder, withEngine(services)));
        assertFalse(Files.exists(folder));
    }

    @Test
    void theEmbeddedEngineOpensWhatNobodyClaims() throws Exception {
        Path folder = temporary.resolve("store");
        assertEquals("embedded", opened(folder, withEngine(services)));
        assertTrue(Files.exists(folder.resolve("FORMAT")));
        assertEquals("embedded", opened(temporary.resolve("a.foreign"), withEngine()));
    }

    @Test
    void aStoreOfTheEmbeddedEngineIsOpenedByIt() throws Exception {
        Path folder = temporary.resolve("a.foreign");
        Catalog.open(folder).close();
        assertEquals("embedded", opened(folder, withEngine(services)));
    }

    @Test
    void aBrokenProviderStopsNobodyElse() throws Exception {
        Path foreign = temporary.resolve("a.foreign");
        register(services, "no.such.Provider", Unmade.class.getName(), Unsure.class.getName(), Foreign.class.getName());
        assertEquals("foreign " + foreign, opened(foreign, withEngine(services)));
        assertEquals("foreign " + foreign, opened(foreign, withoutEngine(services)));
        assertEquals("embedded", opened(temporary.resolve("store"), withEngine(services)));
        register(services, Unmade.class.getName());
        assertEquals("embedded", opened(temporary.resolve("other"), withEngine(services)));
        assertEquals(NO_IMPLEMENTATION, opened(foreign, withoutEngine(services)));
    }

    @Test
    void withoutTheEngineTheFirstRegisteredProviderOpensAll() throws Exception {
        assertEquals("foreign " + temporary, opened(temporary, withoutEngine(services)));
    }

    @Test
    void theContextLoaderIsSearchedWhereTheOwnHasNone() throws Exception {
        Path foreign = temporary.resolve("a.foreign");
        List<Path> others = List.of(services);
        assertEquals("foreign " + foreign, opened(foreign, withoutEngine(), others));
        assertEquals("embedded", opened(foreign, withEngine(), others));
    }

    @Test
    void whereThereIsNoneTheMessageNamesTheModule() throws Exception {
        assertEquals(NO_IMPLEMENTATION, opened(temporary, withoutEngine()));
    }

    private List<Path> withEngine(Path... first) {
        List<Path> path = withoutEngine(first);
        path.add(engine);
        return path;
    }

    /** Returns the class path without the classes of this module. */
    private List<Path> withoutEngine(Path... first) {
        List<Path> path = new ArrayList<>(List.of(first));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!Path.of(entry).toAbsolutePath().equals(engine)) {
                path.add(Path.of(entry));
            }
        }
        return path;
    }

    private static String opened(Path folder, List<Path> classPath) throws Exception {
        return opened(folder, classPath, List.of());
    }

    /** Returns who opened the folder, or why nobody did. */
    private static String opened(Path folder, List<Path> classPath, List<Path> contextOnly) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader own = new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader());
                URLClassLoader context = new URLClassLoader(urls(contextOnly), own)) {
            Thread.currentThread().setContextClassLoader(context);
            Method open = own.loadClass(Opener.class.getName()).getMethod("open", Path.class);
            return (String) open.invoke(null, folder);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] urls(List<Path> paths) throws Exception {
        URL[] urls = new URL[paths.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = paths.get(i).toUri().toURL();
        }
        return urls;
    }

    /** Opens in the class path of the test. */
    public static final class Opener {
        private Opener() {}

        /** Returns who opened the folder, or why nobody did. */
        public static String open(Path folder) {
            try {
                Catalog.open(folder).close();
                return "embedded";
            } catch (InvalidRequestException | IllegalStateException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    /** Cannot be made. */
    public static final class Unmade implements CatalogProvider {
        /** Called by the service loader. */
        public Unmade() {
            throw new IllegalStateException("broken on purpose");
        }

        @Override
        public boolean claims(Path folder, CatalogOptions options) {
            return true;
        }

        @Override
        public Catalog open(Path folder, CatalogOptions options) {
            throw new IllegalStateException("unmade " + folder);
        }
    }

    /** Cannot tell whether it opens a folder. */
    public static final class Unsure implements CatalogProvider {
        /** Called by the service loader. */
        public Unsure() {}

        @Override
        public boolean claims(Path folder, CatalogOptions options) {
            throw new NoClassDefFoundError("broken on purpose");
        }

        @Override
        public Catalog open(Path folder, CatalogOptions options) {
            throw new IllegalStateException("unsure " + folder);
        }
    }

    /** Claims folders by their name, and says that it was asked to open one. */
    public static final class Foreign implements CatalogProvider {
        /** Called by the service loader. */
        public Foreign() {}

        @Override
        public boolean claims(Path folder, CatalogOptions options) {
            return folder.toString().endsWith(".foreign");
        }

        @Override
        public Catalog open(Path folder, CatalogOptions options) {
            throw new IllegalStateException("foreign " + folder);
        }
    }
}
