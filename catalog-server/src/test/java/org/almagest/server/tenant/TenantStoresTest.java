package org.almagest.server.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.StoreLockedException;
import org.almagest.io.stac.api.StacOptions;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.io.stac.exchange.StacResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantStoresTest {
    @TempDir
    Path temporary;

    private Path data;
    private TenantStores stores;

    @BeforeEach
    void open() {
        data = temporary.resolve("data");
        stores = TenantStores.open(
                data, new TenantStores.Options(3, () -> 3, CatalogOptions.defaults(), StacOptions.defaults()));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private record Caller(String tenant) implements StacCaller {
        @Override
        public String name() {
            return "x";
        }

        @Override
        public boolean may(StacAccess access, String datasetSlug) {
            return true;
        }
    }

    private StacResponse get(String tenant, String target) {
        return stores.handle(StacRequest.of(StacMethod.GET, target).by(new Caller(tenant)));
    }

    private static String text(StacResponse answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.body().writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void theDefaultStoreIsTheDataFolderAndOthersLieInIt() throws IOException {
        stores.acquire("t1").close();
        assertTrue(Files.exists(data.resolve("FORMAT")));
        assertTrue(Files.exists(data.resolve("tenants/t1/FORMAT")));
        for (String folder : List.of("", "tenants", "tenants/t1")) {
            assertEquals("rwx------", mode(data.resolve(folder)), folder);
        }
        assertThrows(
                StoreLockedException.class,
                () -> Catalog.open(data, CatalogOptions.defaults()).close(),
                "a second server is kept out");
    }

    @Test
    void aTenantSeesItsOwnStore() throws IOException {
        try (Lease one = stores.acquire("t1");
                Lease two = stores.acquire("t2")) {
            assertNotSame(one.catalog(), two.catalog());
            assertNotSame(one.api(), two.api());
        }
        assertTrue(text(get("t1", "/")).contains("\"conformsTo\""));
    }

    @Test
    void theSameStoreIsSharedWhileItIsOpen() {
        try (Lease one = stores.acquire("t1");
                Lease again = stores.acquire("t1")) {
            assertSame(one.catalog(), again.catalog());
        }
        assertEquals(2, stores.openCount());
    }

    @Test
    void theStoreThatWasUsedLongestAgoMakesRoom() {
        Catalog first = catalog("t1");
        catalog("t2");
        assertSame(first, catalog("t1"));
        catalog("t3");
        assertEquals(3, stores.openCount());
        assertSame(first, catalog("t1"), "t2 was older");
        Catalog second = catalog("t2");
        assertSame(second, catalog("t2"));
    }

    private Catalog catalog(String tenant) {
        try (Lease lease = stores.acquire(tenant)) {
            return lease.catalog();
        }
    }

    @Test
    void aStoreInUseIsNotClosed() throws IOException {
        try (Lease one = stores.acquire("t1");
                Lease two = stores.acquire("t2")) {
            assertThrows(StoreLockedException.class, () -> stores.acquire("t3"));
            StacResponse busy = get("t3", "/");
            assertEquals(503, busy.status());
            assertEquals("1", busy.headers().first("retry-after").orElseThrow());
            assertFalse(text(busy).contains("t3"));
            one.catalog().datasets();
            two.catalog().datasets();
        }
        catalog("t3");
    }

    @Test
    void anAnswerHoldsTheStoreUntilItIsClosed() throws IOException {
        StacResponse one = get("t1", "/collections");
        StacResponse two = get("t2", "/conformance");
        assertEquals(503, get("t3", "/").status());
        text(one);
        assertEquals(200, get("t3", "/conformance").status());
        two.close();
        two.close();
        assertEquals(200, get("t4", "/conformance").status());
    }

    @Test
    void aStoreThatAnotherProcessWritesIsBusy() {
        Path folder = data.resolve("tenants/t1");
        try (Catalog other = Catalog.open(folder, CatalogOptions.defaults())) {
            assertEquals(0, other.datasets().size());
            StacResponse answer = get("t1", "/");
            assertEquals(503, answer.status());
            assertEquals("1", answer.headers().first("retry-after").orElseThrow());
        }
        assertEquals(1, stores.openCount());
        assertEquals(200, get("t1", "/conformance").status());
    }

    @Test
    void noTextBecomesAPath() {
        for (String hostile : List.of("..", "../x", "a/b", "", "A", "1a", "a".repeat(64), "tmp\u0000")) {
            assertThrows(InvalidRequestException.class, () -> stores.acquire(hostile), hostile);
        }
    }

    @Test
    void manyThreadsShareFewPlaces() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> results = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int offset = thread;
            results.add(threads.submit(() -> {
                int answered = 0;
                for (int i = 0; i < 25; i++) {
                    try (Lease lease = stores.acquire("t" + (i + offset) % 4)) {
                        lease.catalog().datasets(); // fails where somebody closed it
                        answered++;
                    } catch (StoreLockedException e) {
                        assertTrue(stores.openCount() <= 3);
                    }
                }
                return answered;
            }));
        }
        int answered = 0;
        for (Future<Integer> result : results) {
            answered += result.get();
        }
        assertTrue(answered > 0);
        assertTrue(stores.openCount() <= 3);
        threads.shutdown();
    }

    @Test
    void closingClosesAllButThoseInUseAndOpensNone() {
        Lease held = stores.acquire("t1");
        Lease home = stores.acquire("default");
        stores.close();
        assertEquals(2, stores.openCount());
        assertThrows(StoreLockedException.class, () -> stores.acquire("t2"));
        assertThrows(StoreLockedException.class, () -> stores.acquire("t1"));
        assertEquals(0, held.catalog().datasets().size(), "still open to whoever has it");
        held.close();
        held.close();
        assertEquals(1, stores.openCount(), "the last who gives it back closes it");
        home.close();
        assertEquals(0, stores.openCount());
        Catalog.open(data, CatalogOptions.defaults()).close();
        Catalog.open(data.resolve("tenants/t1"), CatalogOptions.defaults()).close();
    }

    @Test
    void eachOpenStoreIsShown() {
        stores.acquire("t1").close();
        List<Catalog> seen = new ArrayList<>();
        stores.eachOpen(seen::add);
        assertEquals(2, seen.size());
    }
}
