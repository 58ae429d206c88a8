package org.almagest.io.stac.transaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.error.ConflictException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.PreconditionFailedException;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.JsonBody;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.Problem;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.item.ItemReader;
import org.almagest.io.stac.item.ItemRows;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.jspecify.annotations.Nullable;

/** Stores many items in one commit: all of them or none. */
public final class ItemsCreate {
    private ItemsCreate() {}

    /** Returns the handler of POST to {@code bulk_items}: items by their ids. */
    public static Handler bulk(ItemStore store) {
        return store.changing((call, target) -> bulk(store, call, target));
    }

    private static StacResponse bulk(ItemStore store, Call call, Target target) {
        call.contentType();
        JsonObject body = JsonBody.object(
                call.request().body(),
                store.limits().itemsBodyBytesMax(),
                "itemsBodyBytesMax",
                store.limits().jsonDepthMax() + 2);
        if (!(body.member("items") instanceof JsonObject given)) {
            throw ProblemException.invalid("/items", "no object (expected items by their ids)");
        }
        List<JsonObject> items = new ArrayList<>();
        given.members().forEach((id, value) -> items.add(named(id, value)));
        return store(store, target, items, mode(body.member("method")));
    }

    private static IngestMode mode(@Nullable JsonValue method) {
        if (method == null || method instanceof JsonString text && text.value().equals("insert")) {
            return IngestMode.REFUSE_EXISTING;
        }
        if (method instanceof JsonString text && text.value().equals("upsert")) {
            return IngestMode.REPLACE;
        }
        throw ProblemException.invalid("/method", "unknown (expected insert or upsert)");
    }

    private static JsonObject named(String id, JsonValue value) {
        if (!(value instanceof JsonObject item)) {
            throw ProblemException.invalid("/items", value.kindName() + " (expected an item)");
        }
        Map<String, JsonValue> members = new LinkedHashMap<>(item.members());
        JsonValue own = members.putIfAbsent("id", new JsonString(id));
        if (own != null && !own.equals(new JsonString(id))) {
            throw ProblemException.invalid("/items", "an item with another id than its member");
        }
        return new JsonObject(members);
    }

    static StacResponse features(ItemStore store, Call call, Target target, JsonObject body, IngestMode mode) {
        if (!(body.member("features") instanceof JsonArray features)) {
            throw ProblemException.invalid("/features", "no array (expected items)");
        }
        return store(store, target, ItemReader.items(features.elements()), mode);
    }

    private static StacResponse store(ItemStore store, Target target, List<JsonObject> items, IngestMode mode) {
        ItemRows read =
                store.reader().readWhole(target.place(), target.collection().dataset(), items);
        BulkReport report = new BulkReport();
        read.rejected().forEach(rejected -> report.add(rejected, 0));
        if (report.errorCount() > 0) {
            throw new ProblemException(report.problem());
        }
        try {
            IngestResult result = target.collection().ingest(read.rows(), IngestOptions.of(mode));
            report.add(result.counts());
            return answer(read, report);
        } catch (PreconditionFailedException e) {
            throw e;
        } catch (ConflictException e) {
            throw new ProblemException(
                    Problem.of(409, "EXISTING_DATAPOINTS", "items: some exist (nothing was stored)"));
        } catch (LimitExceededException e) {
            Problem problem = Problems.of(e);
            throw new ProblemException(Problem.of(
                    problem.status(), problem.code(), problem.detail() + " (send NDJSON, which is stored in parts)"));
        }
    }

    private static StacResponse answer(ItemRows read, BulkReport report) {
        ByteSink out = new ByteSink();
        out.put('{');
        report.appendTo(out);
        out.ascii(",\"ids\":[");
        String separator = "";
        for (String id : read.ids()) {
            out.ascii(separator).json(id);
            separator = ",";
        }
        byte[] bytes = out.ascii("]}").toByteArray();
        return StacResponse.of(201, MediaType.JSON, StacBody.of(bytes)).with("cache-control", Caching.NEVER);
    }
}
