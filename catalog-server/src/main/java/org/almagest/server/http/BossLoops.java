package org.almagest.server.http;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The thread that accepts connections; it stops at once, where the library would wait two seconds for nothing. */
final class BossLoops extends MultiThreadIoEventLoopGroup {
    BossLoops(String name) {
        super(1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    @Override
    public Future<?> shutdownGracefully() {
        return shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }
}
