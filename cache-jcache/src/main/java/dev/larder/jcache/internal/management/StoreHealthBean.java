package dev.larder.jcache.internal.management;

import dev.larder.codec.UnreadableReason;
import dev.larder.jcache.StoreHealthMXBean;
import dev.larder.store.guard.GuardStatus;
import dev.larder.store.guard.OnStoreFailure;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows how a guarded store is now. */
final class StoreHealthBean implements StoreHealthMXBean {

    private final OnStoreFailure onFailure;
    private final Supplier<GuardStatus> status;
    private final Supplier<Map<UnreadableReason, Long>> unreadable;

    StoreHealthBean(
            OnStoreFailure onFailure, Supplier<GuardStatus> status, Supplier<Map<UnreadableReason, Long>> unreadable) {
        this.onFailure = onFailure;
        this.status = status;
        this.unreadable = unreadable;
    }

    @Override
    public String getOnStoreFailure() {
        return onFailure.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isDegraded() {
        return status.get().degraded();
    }

    @Override
    public long getDegradedForMillis() {
        return status.get().degradedForMillis();
    }

    @Override
    public @Nullable String getCause() {
        return status.get().cause();
    }

    @Override
    public boolean isBreakerOpen() {
        return status.get().breakerOpen();
    }

    @Override
    public int getPendingInvalidations() {
        return status.get().pendingInvalidations();
    }

    @Override
    public Map<String, Long> getUnreadableValues() {
        Map<String, Long> byName = new TreeMap<>();
        unreadable.get().forEach((reason, count) -> byName.put(reason.name(), count));
        return byName;
    }
}
