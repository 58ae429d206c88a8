package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.junit.jupiter.api.Test;

/** Pages of items: all of them, none twice, whatever is written meanwhile. */
abstract class PagingContract extends ItemsFixture {
    @Test
    void replacesATokenHoweverItsNameIsSpelt() {
        putNumbered(3);
        String next = fixture.below(search("?limit=1").href("next"));
        Answer second = fixture.get(next.replace("token=", "%74oken=")).is(200);
        assertEquals(List.of("i0"), fixture.get(second.href("next")).is(200).ids());
    }

    @Test
    void showsTheNewestFirstAndLeadsToTheRest() {
        putNumbered(7);
        Answer first = search("?limit=3");
        assertEquals(List.of("i6", "i5", "i4"), first.ids());
        assertEquals("7", first.value("numberMatched"));
        assertEquals(List.of("i6", "i5", "i4", "i3", "i2", "i1", "i0"), follow(first, "next"));
    }

    @Test
    void leadsBackToo() {
        putNumbered(7);
        Answer last = search("?limit=3");
        while (last.link("next") != null) {
            last = go(last.link("next"));
        }
        assertEquals(List.of("i0"), last.ids());
        Answer before = go(last.link("prev"));
        assertEquals(List.of("i3", "i2", "i1"), before.ids());
        Answer first = go(before.link("prev"));
        assertEquals(List.of("i6", "i5", "i4"), first.ids());
        assertNull(first.link("prev"));
        assertEquals(List.of("i3", "i2", "i1"), go(first.link("next")).ids());
    }

    @Test
    void leadsOnByPostWithABodyToMerge() {
        putNumbered(5);
        Answer first = posted("{\"limit\":2}");
        assertEquals("POST", Answer.value(Answer.at(first.link("next"), "method")));
        assertEquals(fixture.base() + "/search", first.href("next"));
        String token = Answer.value(Answer.at(first.link("next"), "body/token"));
        Answer second = posted("{\"limit\":2,\"token\":\"" + token + "\"}");
        assertEquals(List.of("i2", "i1"), second.ids());
        assertEquals("5", second.value("numberMatched"));
    }

    @Test
    void hasNoNextAfterAFullLastPage() {
        putNumbered(4);
        Answer first = search("?limit=4");
        assertNull(first.link("next"));
        assertEquals("4", first.value("numberMatched"));
        assertNull(go(search("?limit=2").link("next")).link("next"));
        Answer nothing = search("?limit=2&ids=none");
        assertEquals(List.of(), nothing.ids());
        assertEquals("0", nothing.value("numberMatched"));
        assertNull(nothing.link("next"));
        assertNull(nothing.link("prev"));
    }

    @Test
    void takesATokenOnlyOfTheSameSearch() {
        putNumbered(5);
        collection("d");
        String next = fixture.below(search("?limit=2&collections=c").href("next"));
        String token = next.substring(next.indexOf("token=") + 6);
        assertEquals(List.of("i2"), ids("?limit=1&collections=c&token=" + token), "another limit is the same search");
        assertEquals(List.of("i2"), ids("?limit=1&fields=id&collections=c&token=" + token));
        for (String other : List.of(
                "/search?token=" + token,
                "/search?collections=c,d&token=" + token,
                "/search?collections=c&datetime=2025-01-01T00:00:00Z&token=" + token,
                "/search?collections=c&sortby=n&token=" + token,
                "/collections/c/items?token=" + token)) {
            assertEquals("token", fixture.get(other).is(400).value("parameter"), other);
        }
    }

    @Test
    void refusesATokenThatWasChanged() {
        putNumbered(3);
        String next = fixture.below(search("?limit=2").href("next"));
        int from = next.indexOf("token=") + 6;
        for (int i = from; i < next.length(); i++) {
            char other = next.charAt(i) == 'A' ? 'B' : 'A';
            fixture.get(next.substring(0, i) + other + next.substring(i + 1)).is(400);
        }
        fixture.get(next.substring(0, next.length() - 1)).is(400);
        fixture.get(next + "A").is(400);
        fixture.get("/search?token=x").is(400);
    }

    @Test
    void showsOneVersionOnAllPages() {
        putNumbered(6);
        Answer first = search("?limit=2");
        put(C, "new", point(0, 0), "\"datetime\":\"2025-01-01T00:00:02.5Z\"");
        fixture.send(StacRequest.of(StacMethod.DELETE, "/collections/c/items/i2"))
                .is(204);
        fixture.send(
                        StacMethod.PUT,
                        "/collections/c/items/i1",
                        "application/geo+json",
                        item("i1", point(9, 9), "\"datetime\":\"2025-01-01T00:00:09Z\""))
                .is(204);
        assertEquals(List.of("i5", "i4", "i3", "i2", "i1", "i0"), follow(first, "next"));
        assertEquals(List.of("i1", "i5", "i4", "i3", "new", "i0"), ids(""));
    }

    @Test
    void goesOnAfterTheVersionHasGone() {
        putNumbered(6);
        fixture.close();
        begin(StacOptions.defaults().limits(StacLimits.defaults().with("pinsMax", 1)));
        putNumbered(6);
        Answer first = search("?limit=2");
        put(C, "late", point(0, 0), "\"datetime\":\"2025-01-01T00:00:01.5Z\"");
        search("?limit=1"); // takes the only place there is for a version
        fixture.send(StacRequest.of(StacMethod.DELETE, "/collections/c/items/i4"))
                .is(204);
        List<String> all = follow(first, "next");
        assertEquals(List.of("i5", "i4", "i3", "i2", "late", "i1", "i0"), all, "no repeat, and no error");
    }

    @Test
    void sortsByAPropertyThatSomeLackOnAllPages() {
        List<String> withValue = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            boolean has = i % 3 != 0;
            put(C, "i" + i, point(i, 0), "\"datetime\":\"" + second(i) + "\"" + (has ? ",\"gsd\":" + (10 - i) : ""));
            if (has) {
                withValue.add("i" + i);
            }
        }
        List<String> down = follow(search("?limit=2&sortby=-gsd"), "next");
        Collections.reverse(withValue);
        List<String> up = follow(search("?limit=2&sortby=%2Bgsd"), "next");
        assertEquals(withValue, up.subList(0, 6));
        Collections.reverse(withValue);
        assertEquals(withValue, down.subList(0, 6));
        assertEquals(9, up.size());
        for (String sort : List.of("-gsd", "%2Bgsd", "gsd,-id", "-id")) {
            leadsBackUnder(sort);
        }
        assertTrue(up.subList(6, 9).containsAll(List.of("i0", "i3", "i6")), up.toString());
        assertTrue(down.subList(6, 9).containsAll(List.of("i0", "i3", "i6")), down.toString());
    }

    @Test
    void showsWhatWasThereWhileOthersAddReplaceAndDelete() throws InterruptedException {
        putNumbered(30);
        List<String> expected = ids("?limit=30");
        AtomicBoolean read = new AtomicBoolean();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Runnable> writers = List.of(this::add, this::replace, this::delete);
        Answer first = search("?limit=4&sortby=-n");
        List<Thread> threads = new ArrayList<>();
        for (Runnable writer : writers) {
            Thread thread = new Thread(() -> {
                while (!read.get() && failures.isEmpty()) {
                    try {
                        writer.run();
                    } catch (RuntimeException | AssertionError e) {
                        failures.add(e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        try {
            assertEquals(expected, follow(first, "next"));
            for (int i = 0; i < 3; i++) {
                Answer start = search("?limit=5");
                String matched = start.value("numberMatched");
                assertEquals(matched, Integer.toString(follow(start, "next").size()), "of one version");
            }
        } finally {
            read.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    private final AtomicInteger written = new AtomicInteger();

    private void add() {
        int n = written.incrementAndGet();
        put(C, "new" + n, point(0, 0), "\"datetime\":\"" + second(n % 30) + "\",\"n\":" + n % 30);
    }

    private void replace() {
        int n = written.incrementAndGet();
        String id = "i" + n % 15;
        fixture.send(
                        StacMethod.PUT,
                        "/collections/c/items/" + id,
                        "application/geo+json",
                        item(id, point(0, 0), "\"datetime\":\"" + second(40 + n % 30) + "\",\"n\":" + n))
                .is(204);
    }

    private void delete() {
        int n = written.incrementAndGet();
        fixture.send(StacRequest.of(StacMethod.DELETE, "/collections/c/items/i" + (15 + n % 15)))
                .is(204);
    }

    private void leadsBackUnder(String sort) {
        List<String> all = ids("?limit=9&sortby=" + sort);
        Answer page = search("?limit=2&sortby=" + sort);
        while (page.link("next") != null) {
            page = go(page.link("next"));
        }
        List<String> back = new ArrayList<>(page.ids());
        while (page.link("prev") != null) {
            page = go(page.link("prev"));
            back.addAll(0, page.ids());
        }
        assertEquals(all, back, sort);
    }

    @Test
    void answersMoreThanAPageMayHaveWithAPage() {
        begin(StacOptions.defaults().limits(StacLimits.defaults().with("pageRowsMax", 3)));
        putNumbered(5);
        Answer page = search("?limit=1000000");
        assertEquals("3", page.value("numberReturned"));
        assertEquals(5, follow(page, "next").size());
    }
}
