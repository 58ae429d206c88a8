package org.almagest.io.stac.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.almagest.error.CatalogException;
import org.almagest.io.JsonBody;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.item.FieldPaths;
import org.almagest.io.stac.item.ItemText;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Conditions;
import org.almagest.io.stac.page.EntityTag;
import org.almagest.io.stac.page.PageCursor;
import org.almagest.io.stac.page.TokenSeal;
import org.almagest.io.stac.page.VersionPins;
import org.almagest.io.stac.page.WorkClock;
import org.almagest.io.stac.request.SearchDocument;
import org.almagest.io.stac.request.SearchParameters;
import org.almagest.io.stac.request.SearchRequest;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.Link;
import org.almagest.query.PageToken;

/** Answers searches, by parameters or by body, over all collections or the items of one. */
public final class SearchHandler implements Handler {
    private static final String COLLECTION = "collectionId";
    /** As deep as a filter or a collection of geometries within their own bounds can be. */
    private static final int BODY_DEPTH_MAX = 1_000;

    private final SearchServices services;
    private final List<ItemFormat> formats;

    /** @param others formats beside GeoJSON and NDJSON */
    public SearchHandler(SearchServices services, List<ItemFormat> others) {
        this.services = services;
        this.formats = SearchServices.formats(others);
    }

    /** Returns the media types of pages, the default first. */
    public List<String> mediaTypes() {
        return formats.stream().map(ItemFormat::mediaType).toList();
    }

    @Override
    public StacResponse handle(Call call) {
        SearchRequest read = read(call);
        // Before the look at the collections: they are as new as what is searched then, or newer.
        Optional<VersionPins.Use> newest = read.token().isPresent()
                ? Optional.empty()
                : Optional.of(services.pins().newest());
        try {
            return answer(call, read, newest);
        } catch (RuntimeException | Error e) {
            newest.ifPresent(VersionPins.Use::close);
            throw e;
        }
    }

    private StacResponse answer(Call call, SearchRequest read, Optional<VersionPins.Use> newest) {
        Visible visible = services.index().visibleTo(call.caller());
        Optional<Place> collection =
                Optional.ofNullable(call.path().get(COLLECTION)).map(visible::require);
        SearchRequest request = collection
                .map(place -> read.within(List.of(place.stacId(), place.fullForm())))
                .orElse(read);
        String mediaType = call.represented(mediaTypes());
        return new Page(call, visible, collection, request, mediaType).answer(newest);
    }

    private SearchRequest read(Call call) {
        if (call.request().method() != StacMethod.POST) {
            return new SearchParameters(services.bounds(), services.limits()).read(call.parameters()::text);
        }
        call.contentType();
        try {
            return new SearchDocument(services.bounds(), services.limits(), Set.of())
                    .read(JsonBody.object(
                            call.request().body(),
                            services.bounds().searchBodyBytesMax(),
                            "searchBodyBytesMax",
                            BODY_DEPTH_MAX));
        } catch (CatalogException e) {
            throw new ProblemException(Problems.of(e, "body"));
        }
    }

    /** One page while it is answered. */
    private final class Page {
        private final Call call;
        private final Visible visible;
        private final Optional<Place> collection;
        private final SearchRequest request;
        private final String mediaType;
        private final byte[] sealedFor;
        private final long seen;

        Page(Call call, Visible visible, Optional<Place> collection, SearchRequest request, String mediaType) {
            this.call = call;
            this.visible = visible;
            this.collection = collection;
            this.request = request;
            this.mediaType = mediaType;
            this.seen = visible.digest(request.collections());
            this.sealedFor = TokenSeal.request(
                    call.caller().tenant(), call.route().template().text(), SearchDigest.of(request));
        }

        StacResponse answer(Optional<VersionPins.Use> newest) {
            Optional<PageCursor> cursor =
                    request.token().map(token -> services.seal().open(token, sealedFor));
            VersionPins.Use use =
                    cursor.map(from -> services.pins().use(from.version())).orElseGet(newest::orElseThrow);
            try {
                Optional<EntityTag> tag = tag(use);
                Optional<StacResponse> decided =
                        tag.flatMap(known -> Conditions.of(call.request()).decide(known, Caching.REVALIDATE));
                if (decided.isPresent()) {
                    use.close();
                    return decided.get();
                }
                return page(use, cursor, tag);
            } catch (RuntimeException | Error e) {
                use.close();
                throw e;
            }
        }

        /** Of what the bytes depend on: the version, today's definitions, and who may see what. No tag without a version that is kept. */
        private Optional<EntityTag> tag(VersionPins.Use use) {
            if (!use.isPinned() || call.request().method() == StacMethod.POST) {
                return Optional.empty();
            }
            String variant = EntityTag.variant(
                    call.links().base(),
                    call.request().target(),
                    mediaType,
                    call.caller().tenant(),
                    call.caller().name(),
                    seen,
                    visible.ids().definitionsVersion(),
                    services.seal().day());
            String epoch = Long.toUnsignedString(services.epoch(), Character.MAX_RADIX);
            return Optional.of(EntityTag.strong(epoch + "-" + use.version() + "." + variant));
        }

        private StacResponse page(VersionPins.Use use, Optional<PageCursor> cursor, Optional<EntityTag> tag) {
            SearchPlan plan = SearchPlan.of(request, visible, services.catalog());
            FieldPaths kept =
                    FieldPaths.of(request.fields().include(), request.fields().exclude());
            ItemText text =
                    new ItemText(call.links(), place -> plan.schema(place).orElseThrow(), kept);
            WorkClock work = new WorkClock(
                    services.bounds().queryMillisMax(), call.request().cancellation());
            PageRows rows = new PageRows(services.catalog(), visible, use, work);
            OptionalLong version = use.isPinned() ? OptionalLong.of(use.version()) : OptionalLong.empty();
            PageStart start = new PageStart(services, plan, request, version);
            Optional<Set<String>> selection = text.selection(plan.schemas());
            start.begin(cursor, selection.filter(this::isSelectable), rows);
            ByteSink sink = new ByteSink(1 << 16);
            ItemFormat.PageHead head = new ItemFormat.PageHead(plan.schemas(), selection, text);
            try {
                PageBody body = new PageBody(rows, format().open(head, sink), sink, (items, matched, next) -> {
                    return new ItemFormat.PageEnd(items, matched, links(rows.version(), matched, next, start));
                });
                return begun(body, cursor, tag, rows, start);
            } catch (RuntimeException | Error e) {
                rows.close();
                throw e;
            }
        }

        private ItemFormat format() {
            return formats.stream()
                    .filter(candidate -> candidate.mediaType().equals(mediaType))
                    .findFirst()
                    .orElseThrow();
        }

        /** The engine takes no more names than so: of many datasets all fields are read then. */
        private boolean isSelectable(Set<String> fields) {
            return fields.size() <= services.limits().selectFieldsMax();
        }

        private StacResponse begun(
                PageBody body, Optional<PageCursor> cursor, Optional<EntityTag> tag, PageRows rows, PageStart start) {
            try {
                body.begin();
                boolean counts = format().saysHowManyMatch();
                OptionalLong matched = counts ? matched(cursor, body, rows.version(), start) : OptionalLong.empty();
                body.matched(matched);
                StacResponse answer = StacResponse.of(200, mediaType, body).with("cache-control", Caching.REVALIDATE);
                // What could not be counted in time may be next time: then the bytes differ.
                return (matched.isPresent() || !counts) && tag.isPresent()
                        ? answer.with("etag", tag.get().toString())
                        : answer;
            } catch (RuntimeException | Error e) {
                body.close();
                throw e;
            }
        }

        private List<Link> links(long version, OptionalLong matched, Optional<PageToken> next, PageStart start) {
            Optional<String> nextToken = next.map(position ->
                    seal(new PageCursor(PageCursor.Direction.NEXT, version, matched, seen, position.toString())));
            Optional<String> previous = start.previous()
                    .map(position -> seal(new PageCursor(
                            PageCursor.Direction.PREVIOUS, version, matched, seen, position.toString())));
            return new PageLinks(call, collection, mediaType).of(nextToken, previous);
        }

        private String seal(PageCursor cursor) {
            return services.seal().seal(cursor, sealedFor);
        }

        private OptionalLong matched(Optional<PageCursor> cursor, PageBody body, long version, PageStart start) {
            if (cursor.isEmpty() && body.isRead() && !body.hasNext()) {
                return OptionalLong.of(body.items());
            }
            OptionalLong known = cursor.filter(from -> from.version() == version && from.seen() == seen)
                    .map(PageCursor::matched)
                    .orElse(OptionalLong.empty());
            return known.isPresent() ? known : start.count();
        }
    }
}
