package dev.larder.benchmarks.workload;

import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.subject.Subject;
import dev.larder.benchmarks.subject.Target;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A full cache of one of the kinds that are compared. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets parameters before anything else
public abstract class KindState extends CacheState {
    @Param("BOUNDED")
    public CacheKind kind;

    @Override
    Subject start(Library started) {
        return kind.isRemote() ? started.startRemote() : super.start(started);
    }

    @Override
    CacheSpec spec(int entries) {
        return kind.spec(entries);
    }

    @Override
    void prepare(Target cache) {
        if (kind == CacheKind.COORDINATED) {
            cache.increment(Population.key(0));
        }
    }
}
