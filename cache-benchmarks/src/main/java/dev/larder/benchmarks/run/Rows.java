package dev.larder.benchmarks.run;

import dev.larder.benchmarks.probe.HeapProbe;
import dev.larder.benchmarks.probe.JarSizeProbe;
import dev.larder.benchmarks.probe.RetentionProbe;
import dev.larder.benchmarks.probe.StampedeProbe;
import dev.larder.benchmarks.probe.StartUpProbe;
import dev.larder.benchmarks.probe.TraceProbe;
import dev.larder.benchmarks.subject.CacheSpec;
import dev.larder.benchmarks.subject.Expiry;
import dev.larder.benchmarks.subject.Library;
import dev.larder.benchmarks.workload.AnnotatedGetBenchmark;
import dev.larder.benchmarks.workload.ByValueGetBenchmark;
import dev.larder.benchmarks.workload.CodecBenchmark;
import dev.larder.benchmarks.workload.GetAllBenchmark;
import dev.larder.benchmarks.workload.GetBenchmark;
import dev.larder.benchmarks.workload.IncrementBenchmark;
import dev.larder.benchmarks.workload.MixBenchmark;
import dev.larder.benchmarks.workload.PutAllBenchmark;
import dev.larder.benchmarks.workload.PutBenchmark;
import dev.larder.benchmarks.workload.PutIfAbsentBenchmark;
import dev.larder.benchmarks.workload.ReplaceBenchmark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All rows of the comparison, with what Larder is to reach in each. */
public final class Rows {
    private static final String KIND = "kind";
    private static final String VALUE = "value";

    /** Fewer than other values: a library that serialises beans would fill its cache for longer than it is measured. */
    private static final int BEANS = 10_000;

    private static final int HEAP_ENTRIES = 500_000;

    /** Of the longest trace, as much as the slowest library replays in half a minute. */
    private static final int TRACE_LIMIT = 1_000_000;

    private static final Set<Library> PROVIDERS = Library.allBut(Library.MAP, Library.CAFFEINE, Library.CAFFEINE_ASYNC);

    private static final Set<Library> WITH_BOUND = Library.allBut(Library.MAP, Library.REFERENCE);

    private Rows() {}

    /** Returns all rows, those that replay the traces given among them. */
    public static List<Row> all(List<Path> traces) {
        return Stream.of(
                        gets(),
                        puts(),
                        writes(),
                        conditional(),
                        bulk(),
                        byValue(),
                        codecs(),
                        memory(),
                        annotations(),
                        probes(),
                        RemoteRows.all(),
                        traces.stream().flatMap(Rows::trace))
                .flatMap(rows -> rows)
                .toList();
    }

    private static Stream<Row> gets() {
        Goal raw = Goal.ratio(1).allocating(0);
        return Stream.of(
                        row("get-bounded", "get, eternal, bounded")
                                .withMap()
                                .goalForAnyThreads(raw)
                                .quick()
                                .measuredBy(GetBenchmark.class, KIND, "BOUNDED"),
                        row("get-unbounded", "get, eternal, unbounded (raw: bounded, as without a bound it is a map)")
                                .withMap()
                                .raw(KIND, "BOUNDED")
                                .goalForAnyThreads(Goal.ratio(1.3).allocating(0))
                                .measuredBy(GetBenchmark.class, KIND, "UNBOUNDED"),
                        row("get-full", "get, eternal, bounded, the eviction policy at work")
                                .goalForAnyThreads(raw)
                                .quick()
                                .measuredBy(GetBenchmark.class, KIND, "FULL"),
                        row("get-statistics", "get with statistics")
                                .goalForAnyThreads(Goal.ratio(0.95).allocating(0))
                                .measuredBy(GetBenchmark.class, KIND, "STATISTICS"),
                        row("get-created", "get with CreatedExpiryPolicy")
                                .goalForAnyThreads(Goal.ratio(1.5).allocating(0))
                                .quick()
                                .measuredBy(GetBenchmark.class, KIND, "CREATED"),
                        row("get-modified", "get with ModifiedExpiryPolicy")
                                .measuredBy(GetBenchmark.class, KIND, "MODIFIED"),
                        row("get-tagged", "get with CreatedExpiryPolicy and a tag (raw: without a tag)")
                                .libraries(EnumSet.of(Library.LARDER, Library.CAFFEINE))
                                .measuredBy(GetBenchmark.class, KIND, "TAGGED"),
                        row(
                                        "get-stale-while-revalidate",
                                        "get with CreatedExpiryPolicy and stale-while-revalidate (raw: without)")
                                .libraries(EnumSet.of(Library.LARDER, Library.CAFFEINE))
                                .measuredBy(GetBenchmark.class, KIND, "STALE_WHILE_REVALIDATE"),
                        row("get-touched", "get with TouchedExpiryPolicy")
                                .goalForAnyThreads(raw)
                                .measuredBy(GetBenchmark.class, KIND, "TOUCHED"),
                        row("get-accessed", "get with AccessedExpiryPolicy")
                                .goalForAnyThreads(raw)
                                .measuredBy(GetBenchmark.class, KIND, "ACCESSED"))
                .flatMap(List::stream);
    }

    private static Stream<Row> puts() {
        Goal put = Goal.ratio(1).allocating(56);
        return Stream.of(
                        row("put", "put, overwriting, bounded")
                                .withMap()
                                .goalForAnyThreads(put)
                                .quick()
                                .measuredBy(PutBenchmark.class, KIND, "BOUNDED"),
                        row("put-full", "put, overwriting, bounded, the eviction policy at work")
                                .goalForAnyThreads(put)
                                .measuredBy(PutBenchmark.class, KIND, "FULL"),
                        row("put-unbounded", "put, overwriting, unbounded")
                                .withMap()
                                .goalForAnyThreads(put)
                                .measuredBy(PutBenchmark.class, KIND, "UNBOUNDED"),
                        row("put-tagged", "put with CreatedExpiryPolicy and a tag (raw: without a tag)")
                                .libraries(EnumSet.of(Library.LARDER, Library.CAFFEINE))
                                .measuredBy(PutBenchmark.class, KIND, "TAGGED"),
                        row("put-listener", "put with one synchronous listener (raw: without)")
                                .goal(Goal.ratio(0.75).allocating(96))
                                .measuredBy(PutBenchmark.class, KIND, "LISTENER"),
                        row("mix", "3 gets, 1 put; bounded to half of the keys, read-through")
                                .libraries(WITH_BOUND)
                                .goalForAnyThreads(Goal.ratio(0.85))
                                .quick()
                                .entries(200_000)
                                .measuredBy(MixBenchmark.class))
                .flatMap(List::stream);
    }

    private static Stream<Row> writes() {
        return Stream.of(
                        row("put-write-through", "put with a writer that does nothing (raw: without)")
                                .libraries(WITH_BOUND)
                                .measuredBy(PutBenchmark.class, KIND, "WRITE_THROUGH"),
                        row("put-write-behind", "put with write-behind to a writer that does nothing (raw: without)")
                                .libraries(EnumSet.of(Library.LARDER, Library.CAFFEINE, Library.CAFFEINE_JCACHE))
                                .measuredBy(PutBenchmark.class, KIND, "WRITE_BEHIND"))
                .flatMap(List::stream);
    }

    private static Stream<Row> conditional() {
        return Stream.of(
                        row("invoke", "invoke, increment (raw: compute)")
                                .withMap()
                                .goal(Goal.ratio(0.85).allocating(130))
                                .quick()
                                .measuredBy(IncrementBenchmark.class),
                        row("put-if-absent", "putIfAbsent, present")
                                .withMap()
                                .goal(Goal.ratio(0.85))
                                .measuredBy(PutIfAbsentBenchmark.class),
                        row("replace", "replace(key, old, new)")
                                .withMap()
                                .goal(Goal.ratio(0.85))
                                .measuredBy(ReplaceBenchmark.class))
                .flatMap(List::stream);
    }

    private static Stream<Row> bulk() {
        Goal bulk = Goal.ratio(0.85);
        return Stream.of(
                        row("get-all", "getAll of 100").withMap().goal(bulk).measuredBy(GetAllBenchmark.class),
                        row("put-all", "putAll of 100")
                                .withMap()
                                // it locks the keys in the order they come in: two threads wait for each other for good
                                .byOneThreadOnly(Library.REFERENCE)
                                .goal(bulk)
                                .measuredBy(PutAllBenchmark.class))
                .flatMap(List::stream);
    }

    private static Stream<Row> byValue() {
        Goal shared = Goal.ratio(0.9).allocating(0);
        return Stream.of(
                        row("by-value-bean", "get by value, mutable bean of ten fields")
                                .comparedWith(Baseline.BEST_PEER)
                                .goal(Goal.ratio(12).allocating(250))
                                .quick()
                                .entries(BEANS)
                                .measuredBy(ByValueGetBenchmark.class, VALUE, "BEAN"),
                        row("by-value-string", "get by value, String (raw: by reference)")
                                .goal(shared)
                                .measuredBy(ByValueGetBenchmark.class, VALUE, "STRING"),
                        row("by-value-long", "get by value, Long (raw: by reference)")
                                .goal(shared)
                                .measuredBy(ByValueGetBenchmark.class, VALUE, "LONG"),
                        row("by-value-record", "get by value, immutable record (raw: by reference)")
                                .goal(shared)
                                .measuredBy(ByValueGetBenchmark.class, VALUE, "RECORD"))
                .flatMap(List::stream);
    }

    private static Stream<Row> annotations() {
        return Stream.of(
                        row("annotated-get", "hit of a method with @CacheResult (Larder: behind a plain proxy)")
                                .libraries(EnumSet.of(Library.LARDER, Library.LARDER_GET))
                                .comparedWith(Baseline.LARDER_GET)
                                .goal(Goal.above(60).allocating(80))
                                .measuredBy(1, AnnotatedGetBenchmark.class),
                        row("annotated-get-bare", "hit of a method with @CacheResult, its parameter itself the key")
                                .libraries(EnumSet.of(Library.LARDER, Library.LARDER_GET))
                                .comparedWith(Baseline.LARDER_GET)
                                .goal(Goal.above(60).allocating(56))
                                .measuredBy(1, AnnotatedGetBenchmark.class, "bareKeys", "true"),
                        row("annotated-get-spring", "hit of a method with @CacheResult, in Spring (Larder: proxy)")
                                .libraries(EnumSet.of(Library.LARDER, Library.LARDER_SPRING, Library.SPRING))
                                .comparedWith(Baseline.SPRING)
                                .goal(Goal.fully(2, 0))
                                .measuredBy(1, AnnotatedGetBenchmark.class))
                .flatMap(List::stream);
    }

    private static Stream<Row> codecs() {
        return Stream.of(CodecBenchmark.Format.values())
                .flatMap(format -> row(
                        "codec-" + format.name().toLowerCase(Locale.ROOT),
                        "a record of ten components to bytes and back, " + format)
                        .libraries(EnumSet.of(Library.LARDER))
                        .comparedWith(Baseline.NONE)
                        .measuredBy(1, CodecBenchmark.class, "format", format.name())
                        .stream());
    }

    private static Stream<Row> memory() {
        CacheSpec eternal = CacheSpec.PLAIN;
        return Stream.of(
                        row("heap-eternal", "heap for each entry, eternal, unbounded")
                                .withMap()
                                .unit(Unit.BYTES)
                                .goal(Goal.score(72))
                                .quick()
                                .measuredBy(effort -> heap(eternal, effort)),
                        row("heap-ttl", "heap for each entry, CreatedExpiryPolicy, unbounded")
                                .unit(Unit.BYTES)
                                .goal(Goal.score(96))
                                .measuredBy(effort -> heap(eternal.expiring(Expiry.CREATED), effort)),
                        row("heap-bounded", "heap for each entry, eternal, bounded")
                                .unit(Unit.BYTES)
                                .measuredBy(effort -> heap(eternal.bounded(HEAP_ENTRIES * 2L), effort)))
                .flatMap(List::stream);
    }

    private static HeapProbe heap(CacheSpec spec, Effort effort) {
        return new HeapProbe(spec, effort.entries(HEAP_ENTRIES));
    }

    private static Stream<Row> probes() {
        return Stream.of(
                        row("start-up", "start of main to first put, own class path")
                                .unit(Unit.MILLIS)
                                .libraries(PROVIDERS)
                                .comparedWith(Baseline.CAFFEINE_JCACHE)
                                .goal(Goal.ratio(3))
                                .quick()
                                .measuredBy(effort -> new StartUpProbe()),
                        row("jar-size", "jars, dependencies among them")
                                .unit(Unit.MEGABYTES)
                                .libraries(Library.allBut(Library.MAP, Library.CAFFEINE_ASYNC))
                                .comparedWith(Baseline.NONE)
                                .quick()
                                .measuredBy(effort -> new JarSizeProbe()),
                        row("stampede", "64 threads miss one key that takes 20 ms to load")
                                .unit(Unit.MILLIS)
                                .quick()
                                .measuredBy(effort -> new StampedeProbe(64, Duration.ofMillis(20))),
                        row("plain-keeps", "what a plain MutableConfiguration keeps of 50,000 entries")
                                .unit(Unit.ENTRIES)
                                .libraries(PROVIDERS)
                                .comparedWith(Baseline.NONE)
                                .quick()
                                .measuredBy(effort -> new RetentionProbe(effort.entries(50_000))))
                .flatMap(List::stream);
    }

    private static Stream<Row> trace(Path file) {
        String name = file.getFileName().toString().replaceAll("[.].*", "");
        return IntStream.of(1, 5, 10)
                .mapToObj(percent -> row(
                                "trace-" + name + "-" + percent,
                                "trace " + name + ", room for " + percent + " % of its keys")
                        .libraries(WITH_BOUND)
                        .measuredBy(effort -> new TraceProbe(file.toString(), percent, effort.entries(TRACE_LIMIT))))
                .flatMap(List::stream);
    }

    private static RowBuilder row(String id, String title) {
        return new RowBuilder(id, title);
    }
}
