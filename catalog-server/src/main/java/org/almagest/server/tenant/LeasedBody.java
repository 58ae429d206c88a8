package org.almagest.server.tenant;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.almagest.io.stac.exchange.ItemsBody;
import org.almagest.io.stac.exchange.StacBody;

/** A body that keeps the store open which it is read from. */
final class LeasedBody implements ItemsBody {
    private final StacBody body;
    private final Lease lease;

    LeasedBody(StacBody body, Lease lease) {
        this.body = body;
        this.lease = lease;
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public boolean next(OutputStream sink) throws IOException {
        return body.next(sink);
    }

    @Override
    public long items() {
        return body instanceof ItemsBody page ? page.items() : 0;
    }

    @Override
    public Optional<Supplier<String>> explain() {
        return body instanceof ItemsBody page ? page.explain() : Optional.empty();
    }

    @Override
    public void close() {
        try {
            body.close();
        } finally {
            lease.close();
        }
    }
}
