package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.SessionRecord;
import java.util.Iterator;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Goes through the cache for sessions whose time is over and of whom nobody has told yet. */
final class Sweeping {

    /** How many entries are looked at in one go; the next goes on from there. */
    private static final int AT_ONCE = 10_000;

    private final Cache<String, byte[]> cache;
    private final Finding finding;
    private @Nullable Iterator<Cache.Entry<String, byte[]>> rest;

    Sweeping(Cache<String, byte[]> cache, Finding finding) {
        this.cache = cache;
        this.finding = finding;
    }

    /** Looks at some entries, and returns how many ends it told. */
    synchronized int sweep() {
        int told = 0;
        Iterator<Cache.Entry<String, byte[]>> entries = rest != null ? rest : CacheCalls.call(cache, Cache::iterator);
        rest = null; // not to be gone on with if it fails
        for (int looked = 0; looked < AT_ONCE && hasNext(entries); looked++) {
            Cache.Entry<String, byte[]> entry = CacheCalls.call(cache, unused -> entries.next());
            if (isOver(entry) && finding.expire(entry.getKey())) {
                told++;
            }
        }
        rest = hasNext(entries) ? entries : null;
        return told;
    }

    private boolean hasNext(Iterator<Cache.Entry<String, byte[]>> entries) {
        return CacheCalls.call(cache, unused -> entries.hasNext());
    }

    private boolean isOver(Cache.Entry<String, byte[]> entry) {
        return finding.read(entry.getKey(), entry.getValue()) instanceof SessionRecord record
                && record.hasExpiredAt(finding.nowMillis());
    }
}
