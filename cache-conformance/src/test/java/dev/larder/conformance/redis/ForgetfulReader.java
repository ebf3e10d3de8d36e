package dev.larder.conformance.redis;

import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.testkit.ForwardingStore;
import org.jspecify.annotations.Nullable;

/** A broken store: it tells that an entry is gone, and then every other time that it is there. */
final class ForgetfulReader extends ForwardingStore<String, String> {

    private @Nullable Entry<String> last;
    private boolean hasTold;

    ForgetfulReader(Store<String, String> store) {
        super(store);
    }

    @Override
    public synchronized @Nullable Entry<String> read(String key) {
        Entry<String> now = super.read(key);
        if (now != null) {
            last = now;
            hasTold = false;
        } else if (hasTold) {
            hasTold = false;
            return last;
        } else {
            hasTold = true;
        }
        return now;
    }
}
