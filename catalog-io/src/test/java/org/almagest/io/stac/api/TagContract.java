package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.junit.jupiter.api.Test;

/** Tags of items and pages, and answers that say that nothing has changed. */
abstract class TagContract extends ItemsFixture {
    private static final String ITEM = "/collections/c/items/i0";

    private void replace(String properties) {
        fixture.send(StacMethod.PUT, ITEM, "application/geo+json", item("i0", point(0, 0), properties))
                .is(204);
    }

    @Test
    void changesWithTheContentOfAnItemAndComesBackWithIt() {
        putNumbered(1);
        String first = fixture.get(ITEM).is(200).header("etag");
        String id = first.substring(1, 37);
        assertTrue(first.startsWith("\"" + id + "."), first);
        fixture.get(ITEM, "if-none-match", first).is(304);
        String properties = "\"datetime\":\"" + second(0) + "\",\"n\":0";
        replace(properties + ",\"gsd\":1.5");
        String second = fixture.get(ITEM).header("etag");
        assertNotEquals(first, second);
        fixture.get(ITEM, "if-none-match", first).is(200);
        replace(properties);
        assertEquals(first, fixture.get(ITEM).header("etag"), "the same content has the same tag");
    }

    @Test
    void differsByWhatIsShownOfAnItem() {
        putNumbered(1);
        String whole = fixture.get(ITEM).header("etag");
        String part = fixture.get(ITEM + "?fields=id").header("etag");
        String json = fixture.get(ITEM, "accept", "application/json").header("etag");
        assertNotEquals(whole, part);
        assertNotEquals(whole, json);
        fixture.get(ITEM + "?fields=id", "if-none-match", whole).is(200);
        fixture.get(ITEM, "if-none-match", "\"x\", " + whole).is(304);
        fixture.get(ITEM, "if-none-match", "*").is(304);
        fixture.get(ITEM, "if-match", "\"x\"").is(412);
        fixture.get(ITEM, "if-match", whole).is(200);
        fixture.get(ITEM, "if-none-match", "x").is(400);
    }

    @Test
    void saysThatAPageHasNotChanged() {
        putNumbered(3);
        for (String target : List.of("/search?limit=2", "/collections/c/items", "/search?f=ndjson")) {
            Answer page = fixture.get(target).is(200);
            String tag = page.header("etag");
            assertTrue(tag.startsWith("\""), target);
            Answer again = fixture.get(target, "if-none-match", tag).is(304);
            assertEquals(tag, again.header("etag"));
            assertEquals(page.text(), fixture.get(target).text(), "equal tags, equal bytes");
            Answer head = fixture.send(StacRequest.of(StacMethod.HEAD, target)).is(200);
            assertEquals(tag, head.header("etag"));
        }
        String tag = fixture.get("/search?limit=2").header("etag");
        assertNotEquals(tag, fixture.get("/search?limit=1").header("etag"));
        put(C, "new", point(0, 0), "\"datetime\":\"2025-01-01T00:00:00Z\"");
        fixture.get("/search?limit=2", "if-none-match", tag).is(200);
        assertNotEquals(tag, fixture.get("/search?limit=2").header("etag"));
    }

    @Test
    void tagsALaterPageByItsOwnVersion() {
        putNumbered(5);
        String next = fixture.below(search("?limit=2").href("next"));
        String tag = fixture.get(next).is(200).header("etag");
        put(C, "new", point(0, 0), "\"datetime\":\"2025-01-01T00:00:00Z\"");
        fixture.get(next, "if-none-match", tag).is(304);
    }

    @Test
    void changesWithTheDefinitionsThoughTheVersionIsAnOlderOne() {
        collection("d");
        putNumbered(3);
        put("d", "z", point(0, 0), "\"datetime\":\"2024-01-01T00:00:00Z\"");
        String next = fixture.below(search("?limit=3").href("next"));
        Answer page = fixture.get(next).is(200);
        assertEquals(List.of("z"), page.ids());
        fixture.catalog().deleteDataset(StacCollection.slug("d"));
        Answer after = fixture.get(next, "if-none-match", page.header("etag")).is(200);
        assertEquals(List.of(), after.ids());
        assertNotEquals(page.header("etag"), after.header("etag"));
    }

    @Test
    void changesWithWhatTheCallerMaySee() {
        assumeTrue(fixture instanceof DirectFixture, "callers are told by a method call");
        collection("d");
        putNumbered(3);
        put("d", "z", point(0, 0), "\"datetime\":\"2024-01-01T00:00:00Z\"");
        AtomicReference<Set<String>> seen = new AtomicReference<>(Set.of(StacCollection.slug("d")));
        StacCaller caller = new StacCaller() {
            @Override
            public String name() {
                return "k";
            }

            @Override
            public String tenant() {
                return "t";
            }

            @Override
            public boolean may(StacAccess access, String datasetSlug) {
                return seen.get().contains(datasetSlug);
            }
        };
        StacRequest request = StacRequest.of(StacMethod.GET, "/search?limit=1").by(caller);
        String tag = fixture.send(request).is(200).header("etag");
        StacRequest again = request.with(StacHeaders.NONE.and("if-none-match", tag));
        fixture.send(again).is(304);
        seen.set(Set.of(StacCollection.slug("c"), StacCollection.slug("d")));
        Answer wider = fixture.send(again).is(200);
        assertEquals("4", wider.value("numberMatched"));
        StacRequest next = StacRequest.of(StacMethod.GET, fixture.below(wider.href("next")))
                .by(caller);
        assertEquals("4", fixture.send(next).is(200).value("numberMatched"));
        seen.set(Set.of(StacCollection.slug("c")));
        assertEquals("3", fixture.send(next).is(200).value("numberMatched"), "by a token of somebody who sees more");
    }

    @Test
    void hasNoTagForSearchesByPost() {
        putNumbered(1);
        assertEquals("", posted("{}").header("etag"));
    }

    @Test
    void leavesOutACountThatTakesTooLongAndTheTagWithIt() {
        begin(StacOptions.defaults().limits(StacLimits.defaults().with("countMillisMax", 0)));
        putNumbered(3);
        Answer page = search("?limit=2");
        assertTrue(!page.text().contains("numberMatched"), page.text());
        assertEquals("", page.header("etag"));
        Answer whole = search("?limit=3");
        assertEquals("3", whole.value("numberMatched"), "known without counting");
    }
}
