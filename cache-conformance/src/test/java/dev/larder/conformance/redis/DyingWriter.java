package dev.larder.conformance.redis;

import dev.larder.conformance.shared.LeaselessStore;
import dev.larder.jcache.LarderCache;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import java.io.Serial;
import java.util.function.UnaryOperator;
import javax.cache.Cache;

/** Writes to the database what is put, and is dead before the store hears of it. */
final class DyingWriter extends Items {

    private DyingWriter(String url) {
        super(url);
    }

    /** {@code uri url key value}, and another word if it is to have no leases. */
    public static void main(String[] arguments) throws Exception {
        UnaryOperator<StoreFactory> stores = arguments.length > 4 ? Leaseless::new : UnaryOperator.identity();
        LarderCache<String, String> cache = new Member(arguments[0], stores)
                .cache(
                        RedisWriteThroughTest.CACHE,
                        String.class,
                        settings -> settings.writer(new DyingWriter(arguments[1])));
        Member.work(() -> cache.put(arguments[2], arguments[3]));
    }

    /** Opens broken stores, whose leases mean nothing. */
    private record Leaseless(StoreFactory stores) implements StoreFactory {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new LeaselessStore<>(stores.open(context));
        }
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
        super.write(entry);
        Member.say(RedisWriteThroughTest.COMMITTED, entry.getKey());
        Runtime.getRuntime().halt(137);
    }
}
