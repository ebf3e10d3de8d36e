package dev.larder.testkit.interleave;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of several threads, the <em>actors</em>, of which one goes on at a time, from one named <em>point</em> to
 * another; a seed decides which.
 *
 * <pre>{@code
 * Interleavings.ofSeeds(200).check(run -> {
 *     Counter counter = new Counter(run); // its increment reads, calls run.point("between"), and writes
 *     run.actor("one", counter::increment);
 *     run.actor("two", counter::increment);
 *
 *     run.play();
 *
 *     assertThat(counter.value()).isEqualTo(2); // fails: both can read before one writes
 * });
 * }</pre>
 *
 * <p><b>Points</b> stand in what a test brings along: a loader, a writer, a {@link PointedStore}. At each, the actor stops,
 * and one of those who stand at a point goes on, perhaps itself. Each stands at one before its first step, too. Threads that are no
 * actors, of a pool for example, pass points freely.
 *
 * <p><b>Locks.</b> An actor that waits for a lock or latch on its way is noticed after a millisecond, and the others go
 * on; so is one that waits with a timeout, or looks again and again, after ten. If nobody can go on while patience lasts,
 * the run fails and shows where everybody is.
 *
 * <p><b>Replay.</b> The same seed makes the same {@link #schedule}. An exception are actors that wake one another
 * otherwise than at points: both then go on to their next point at once, and what they do to each other on the way, or
 * which of two that wait gets a lock, is up to the machine.
 *
 * <p>Actors see what those before them wrote, so that a test may use plain fields. All methods but {@link #point} and
 * {@link #choose} are for the thread of the test.
 */
public final class Interleaving {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Choices choices;
    private final List<Actor> actors = new ArrayList<>();
    private final List<String> schedule = Collections.synchronizedList(new ArrayList<>());
    private Duration patience = PATIENCE;
    private boolean played;

    /** What an actor does. */
    @FunctionalInterface
    public interface Action {

        /** Does it; what it throws is a failure of the run. */
        void run() throws Exception;
    }

    Interleaving(Choices choices) {
        this.choices = choices;
    }

    /** Returns a run whose order follows from a seed. */
    public static Interleaving ofSeed(long seed) {
        return new Interleaving(new Choices.Seeded(seed));
    }

    /** Returns a run whose choices are these, as the message of a failed {@link Interleavings#exhaustive} shows them. */
    public static Interleaving ofChoices(int... choices) {
        return new Interleaving(new Choices.Path(Arrays.stream(choices).boxed().toList()));
    }

    /** Says how long to wait for an actor while none can go on; 20 seconds unless told otherwise. */
    public void patience(Duration newPatience) {
        patience = Objects.requireNonNull(newPatience, "newPatience");
    }

    /**
     * Adds an actor.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public void actor(String name, Action action) {
        requireNotPlayed();
        if (find(name) != null) {
            throw new IllegalArgumentException("there is an actor of that name already: " + name);
        }
        actors.add(new Actor(name, Objects.requireNonNull(action, "action")));
    }

    /**
     * Lets an actor die instead of leaving a point, as if its JVM ended there: an {@link Error} is thrown from that point, and
     * from every other that it reaches while it unwinds, so that what it would clean up by way of points stays undone.
     *
     * @param number which of its points, counted from one in the order it reaches them, its start left out; no harm
     *     is done if it never gets there
     */
    public void crash(String actor, int number) {
        requireNotPlayed();
        if (number < 1) {
            throw new IllegalArgumentException("points are counted from one: " + number);
        }
        require(actor).crashAt(number);
    }

    /** Whether an actor has died. */
    public boolean hasCrashed(String actor) {
        return require(actor).hasCrashed();
    }

    /** Stops the actor that calls this until it is its turn; any other thread goes on. */
    public void point(String name) {
        Objects.requireNonNull(name, "name");
        for (Actor actor : actors) {
            if (actor.isThisThread()) {
                actor.reach(name);
                return;
            }
        }
    }

    /**
     * Returns a number from zero to one less than the number of options, which is part of the run as the order is: for
     * what a test wants to leave to the seed, such as what an actor does.
     */
    public int choose(int options) {
        return choices.next(options);
    }

    /**
     * Runs the actors until each has ended.
     *
     * @throws AssertionError if an actor failed, or if none could go on
     */
    public void play() {
        requireNotPlayed();
        played = true;
        if (actors.isEmpty()) {
            return;
        }
        actors.forEach(Actor::start);
        try {
            direct(new Watch(actors, patience));
        } finally {
            actors.stream().filter(actor -> !actor.hasEnded()).forEach(Actor::abandon);
        }
        throwFailures();
    }

    private void direct(Watch watch) {
        for (; ; ) {
            if (!watch.awaitStillness()) {
                throw stuck();
            }
            List<Actor> ready = actors.stream().filter(Actor::isAtPoint).toList();
            if (ready.isEmpty()) {
                return;
            }
            Actor next = ready.get(choices.next(ready.size()));
            schedule.add(next.position());
            next.goOn();
        }
    }

    private AssertionError stuck() {
        return new AssertionError("no actor came to a point within " + patience.toMillis() + " ms\n"
                + actors.stream().map(Actor::describe).collect(Collectors.joining())
                + this);
    }

    private void throwFailures() {
        List<AssertionError> failures =
                actors.stream().flatMap(Interleaving::failureOf).toList();
        if (!failures.isEmpty()) {
            AssertionError first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static Stream<AssertionError> failureOf(Actor actor) {
        return Stream.ofNullable(actor.failure())
                .map(failure -> new AssertionError("actor " + actor.name() + " failed: " + failure, failure));
    }

    /** Returns the points that were left, in order, each as {@code actor@point}. */
    public List<String> schedule() {
        return List.copyOf(schedule);
    }

    private @Nullable Actor find(String name) {
        return actors.stream()
                .filter(actor -> actor.name().equals(name))
                .findAny()
                .orElse(null);
    }

    private Actor require(String name) {
        Actor actor = find(name);
        if (actor == null) {
            throw new IllegalArgumentException("there is no actor of that name: " + name);
        }
        return actor;
    }

    private void requireNotPlayed() {
        if (played) {
            throw new IllegalStateException("this run has been played; make another");
        }
    }

    /** Shows the schedule, and how to have it again. */
    @Override
    public String toString() {
        return "schedule: " + String.join(", ", schedule()) + "\nreplay: " + choices.replay();
    }
}
