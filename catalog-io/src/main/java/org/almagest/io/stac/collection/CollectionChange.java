package org.almagest.io.stac.collection;

import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.ConflictException;
import org.almagest.error.NotFoundException;
import org.almagest.error.PreconditionFailedException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.FieldNames;
import org.almagest.io.JsonBody;
import org.almagest.io.stac.MergePatch;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.StacRows;
import org.almagest.io.stac.exchange.CollectionDeletion;
import org.almagest.io.stac.exchange.Preconditions;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Conditions;
import org.almagest.io.stac.page.TagList;
import org.almagest.io.stac.route.Call;
import org.almagest.model.Json;

/** Makes, describes anew and deletes collections. Safe for use by several threads. */
public final class CollectionChange {
    private static final int ATTEMPTS = 5;
    private static final String HOME = "stac.";

    private final CollectionViews views;
    private final CollectionDeletion deletion;
    private final Preconditions preconditions;

    /** So that a collection is not described anew, nor another one made in its dataset, while it is deleted. */
    private final Lock making = new ReentrantLock();

    /** What becomes of a document. */
    @FunctionalInterface
    private interface Edit {
        JsonObject apply(JsonObject before);
    }

    /** Changes the collections that these show. */
    public CollectionChange(CollectionViews views, CollectionDeletion deletion, Preconditions preconditions) {
        this.views = views;
        this.deletion = deletion;
        this.preconditions = preconditions;
    }

    private JsonObject body(Call call) {
        call.contentType();
        StacLimits limits = views.limits();
        return JsonBody.object(
                call.request().body(),
                limits.collectionBodyBytesMax(),
                "collectionBodyBytesMax",
                limits.jsonDepthMax());
    }

    /** Answers POST: a collection in a dataset of its own, which is made where it is not there. */
    public StacResponse create(Call call) {
        JsonObject document = body(call);
        String id = CollectionDocument.newId(document);
        String slug = StacCollection.slug(id);
        if (!call.caller().may(StacAccess.WRITE, slug)) {
            throw Visible.forbidden("collection " + Quoted.text(id), StacAccess.WRITE);
        }
        if (!call.caller().may(StacAccess.READ, slug)) { // else it would be made, and then answered as not there
            throw Visible.forbidden("collection " + Quoted.text(id), StacAccess.READ);
        }
        if (views.isTaken(id)) { // by whomever: else the id would stop meaning what it means for others
            throw exists(id);
        }
        Json stored = CollectionDocument.stored(document, id);
        making.lock();
        try {
            dataset(slug).createCollection(id, stored);
        } catch (AlreadyExistsException e) {
            throw exists(id);
        } finally {
            making.unlock();
        }
        Place place = views.place(call.caller(), id);
        CollectionHandler.Answer answer = CollectionHandler.Answer.of(views.view(place), call);
        return answer.response(201)
                .with("location", call.links().collection(id))
                .with("cache-control", Caching.NEVER);
    }

    private Dataset dataset(String slug) {
        Catalog catalog = views.catalog();
        Optional<Dataset> there = catalog.findDataset(slug);
        if (there.isEmpty()) {
            try {
                return catalog.createDataset(DatasetSpec.of(slug, StacCollection.schema()));
            } catch (AlreadyExistsException e) {
                there = catalog.findDataset(slug); // made meanwhile, or deleted and not yet gone
                if (there.isEmpty()) {
                    throw ProblemException.of(409, "CONFLICT", e.getMessage());
                }
            }
        }
        if (!StacRows.takes(there.get().schema())) {
            throw ProblemException.of(
                    409,
                    "CONFLICT",
                    "dataset " + Quoted.text(slug) + ": exists and takes no items (expected another id)");
        }
        return there.get();
    }

    private static ProblemException exists(String id) {
        return ProblemException.of(409, "ALREADY_EXISTS", "collection " + Quoted.text(id) + ": already exists");
    }

    /** Answers PUT: another document. */
    public StacResponse replace(Call call) {
        JsonObject document = body(call);
        return edit(call, before -> document);
    }

    /** Answers PATCH: the stored document, changed by JSON Merge Patch. */
    public StacResponse patch(Call call) {
        JsonObject patch = body(call);
        return edit(call, before -> (JsonObject) MergePatch.apply(before, patch));
    }

    private StacResponse edit(Call call, Edit edit) {
        Place place = views.placeFor(StacAccess.WRITE, call.caller(), call.path(CollectionHandler.COLLECTION_ID));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Collection collection = views.collection(place);
            long version = collection.documentVersion(); // before the document: a later one is noticed
            StoredDocument before = StoredDocument.of(collection);
            boolean any = check(call, before.tag());
            JsonObject after = edit.apply(named(before.object(), place));
            CollectionDocument.checkId(after, place);
            Json stored = CollectionDocument.stored(after, storedId(before.object(), place));
            try {
                put(collection, stored, version);
                return changed(call, place);
            } catch (PreconditionFailedException e) {
                if (!any) {
                    throw failed();
                }
            }
        }
        throw ProblemException.of(
                409, "CONFLICT", "collection " + Quoted.text(place.stacId()) + ": changed again and again (repeat)");
    }

    /** Not while a collection is deleted, whose document was compared before. */
    private void put(Collection collection, Json document, long version) {
        making.lock();
        try {
            collection.putDocument(document, version);
        } finally {
            making.unlock();
        }
    }

    /** A collection without a document is patched as if it had one that says what it is. */
    private static JsonObject named(JsonObject document, Place place) {
        return document.member("id") == null ? CollectionDocument.minimal(place.stacId()) : document;
    }

    /** A document that claims the bare name goes on doing so, even while another collection has it too. */
    private static String storedId(JsonObject before, Place place) {
        JsonValue id = before.member("id");
        boolean claims = id instanceof JsonString text && text.value().equals(place.name());
        return claims ? place.name() : place.stacId();
    }

    private StacResponse changed(Call call, Place place) {
        Place now = views.place(call.caller(), place.fullForm());
        CollectionHandler.Answer answer = CollectionHandler.Answer.of(views.view(now), call);
        boolean wanted = call.request()
                .headers()
                .joined("prefer")
                .filter(prefer -> prefer.replace(" ", "").contains("return=representation"))
                .isPresent();
        StacResponse response = wanted
                ? answer.response(200)
                : StacResponse.of(204).with("etag", answer.tag().toString());
        return response.with("cache-control", Caching.NEVER);
    }

    /** Checks the conditions of a request against the document that is there; tells whether any will do. */
    private boolean check(Call call, String documentTag) {
        Conditions conditions = Conditions.of(call.request());
        if (conditions.ifMatch().isEmpty() && preconditions == Preconditions.REQUIRED) {
            throw ProblemException.of(
                    428, "PRECONDITION_REQUIRED", "if-match: absent (expected the tag of the version to change)");
        }
        if (conditions.ifNoneMatch().filter(list -> names(list, documentTag)).isPresent()) {
            throw ProblemException.of(412, "PRECONDITION_FAILED", "if-none-match: the collection is there");
        }
        if (conditions.ifMatch().filter(list -> !names(list, documentTag)).isPresent()) {
            throw failed();
        }
        return conditions.ifMatch().map(TagList::any).orElse(true);
    }

    /** Items change the tag of a collection, but not the part of it that stands for the document. */
    private static boolean names(TagList list, String documentTag) {
        return list.any()
                || list.tags().stream()
                        .anyMatch(tag -> !tag.isWeak() && tag.opaque().startsWith(documentTag + "."));
    }

    private static ProblemException failed() {
        return ProblemException.of(
                412, "PRECONDITION_FAILED", "if-match: the collection has changed (read it again, then repeat)");
    }

    /** Answers DELETE. */
    public StacResponse delete(Call call) {
        Place place = views.placeFor(StacAccess.ADMIN, call.caller(), call.path(CollectionHandler.COLLECTION_ID));
        Collection collection = views.collection(place);
        Dataset dataset = collection.dataset();
        making.lock();
        try {
            check(call, StoredDocument.of(collection).tag());
            if (deletion == CollectionDeletion.WITH_ITEMS) {
                dataset.deleteCollection(place.name());
            } else {
                deleteEmpty(dataset, collection, place);
            }
            if (place.stacId().equals(place.name())
                    && isHome(place)
                    && dataset.collections().isEmpty()) {
                views.catalog().deleteDataset(place.slug());
            }
        } catch (NotFoundException e) {
            throw Visible.missing(place.stacId());
        } finally {
            making.unlock();
        }
        return StacResponse.of(204).with("cache-control", Caching.NEVER);
    }

    private static boolean isHome(Place place) {
        return FieldNames.snakeCase(place.name())
                .filter(snake -> place.slug().equals(HOME + snake))
                .isPresent();
    }

    private static void deleteEmpty(Dataset dataset, Collection collection, Place place) {
        try {
            dataset.deleteEmptyCollection(place.name());
        } catch (ConflictException e) {
            throw ProblemException.of(
                    409,
                    "CONFLICT",
                    "collection " + Quoted.text(place.stacId()) + ": "
                            + collection.info().count()
                            + " items (expected none: delete them first, or allow it where the API is set up)");
        }
    }
}
