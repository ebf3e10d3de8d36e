package dev.larder.testkit.history;

import dev.larder.testkit.history.Register.Step;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the begins and ends of the calls on one key, in order of time, and keeps all configurations that are possible.
 *
 * <p>The idea is of Wing and Gong (Testing and Verifying Concurrent Objects, 1993), as Lowe improved it (Testing for
 * Linearizability, 2017): an order is built just in time. Only when a call ends must it have taken effect; so then, and only
 * then, are those that are under way applied in each possible order up to that call, and configurations that are met twice
 * are gone on with once. Whatever was possible before, what is left is the set of configurations after that end. When no known
 * call is under way these are mere values, and the past is forgotten. The history is wrong when the set is empty.
 *
 * <p>What keeps the set small, and loses nothing:
 *
 * <ul>
 *   <li>A call that changed nothing takes effect as soon as it fits. It could wait, but nobody would notice.
 *   <li>An unknown call is never needed. Of two configurations that differ in the unknown calls they have spent, the one that spent
 *       fewer can do all that the other can; it covers it.
 *   <li>Unknown calls with the same operation are used in the order of their begins.
 *   <li>An unknown call that changes nothing is not used, nor one that the next call, unknown too, overwrites.
 * </ul>
 *
 * <p>If the sets grow wider than the budget allows, what spent most unknown calls is left out. An order that is found then is still one;
 * that there is none is not sure any more.
 *
 * <p>Not safe for use by several threads.
 */
final class KeySearch {

    private final Budget budget;
    private final UnderWay underWay = new UnderWay();
    private final Queue<Configuration> waiting =
            new PriorityQueue<>(Comparator.comparingInt(Configuration::numberSpent));
    private Configurations current;
    private Configurations seen;
    private Configurations next;
    private int ending;

    KeySearch(Budget budget) {
        this.budget = budget;
        this.current = new Configurations(budget);
        this.seen = new Configurations(budget);
        this.next = new Configurations(budget);
        current.add(Configuration.initial());
    }

    /** Whether a call can begin. */
    boolean hasRoom() {
        return underWay.hasRoom();
    }

    void begin(Call call) {
        underWay.add(call);
        if (call.changesNothing()) {
            Configurations absorbed = new Configurations(budget);
            current.stream().map(this::absorb).forEach(absorbed::add);
            current = absorbed;
        }
    }

    /** Returns whether something is possible after the end of a call, or, if the budget is spent, anything. */
    boolean end(Call call) {
        seen = new Configurations(budget);
        next = new Configurations(budget);
        ending = underWay.slotOf(call);
        current.stream().forEach(this::reach);
        while (!waiting.isEmpty() && !budget.isSpent()) {
            expand(waiting.remove());
        }
        underWay.remove(ending);
        current = next;
        return !current.isEmpty() || budget.isSpent();
    }

    /** Whether no known call is under way, so that {@link #states} tells all there is to know, but for unknown calls. */
    boolean isQuiet() {
        return !underWay.hasKnown();
    }

    /** Returns the values that the key may have now. */
    Set<@Nullable Object> states() {
        return current.states();
    }

    /** Takes up a configuration: as a result if the call that ends has taken effect, else to go on from there. */
    private void reach(Configuration reached) {
        Configuration configuration = absorb(reached);
        if (configuration.hasDone(ending)) {
            next.add(configuration.forgetting(ending));
        } else if (seen.add(configuration)) {
            waiting.add(configuration);
        }
    }

    /** Lets take effect what changed nothing and fits. */
    private Configuration absorb(Configuration reached) {
        Configuration configuration = reached;
        for (int slot = 0; slot < underWay.knownEnd(); slot++) {
            Call call = underWay.undone(slot, configuration);
            if (call != null
                    && call.changesNothing()
                    && fits(call, Register.apply(reached.state(), call.operation()))) {
                configuration = configuration.doing(slot, reached.state());
            }
        }
        return configuration;
    }

    private static boolean fits(Call call, Step step) {
        return Objects.equals(call.answer(), step.answer());
    }

    private void expand(Configuration configuration) {
        for (int slot = 0; slot < underWay.knownEnd(); slot++) {
            Call call = underWay.undone(slot, configuration);
            if (call != null) {
                tryKnown(configuration, slot, call);
            }
        }
        for (int slot = 0; slot < underWay.unknownEnd(); slot++) {
            Call call = underWay.unspent(slot, configuration);
            if (call != null) {
                tryUnknown(configuration, slot, call);
            }
        }
    }

    private void tryKnown(Configuration configuration, int slot, Call call) {
        Step step = Register.apply(configuration.state(), call.operation());
        if (fits(call, step)) {
            reach(configuration.doing(slot, step.state()));
        }
    }

    private void tryUnknown(Configuration configuration, int slot, Call call) {
        if (configuration.endsUnknown() && call.operation().kind().overwrites()) {
            return;
        }
        Step step = Register.apply(configuration.state(), call.operation());
        if (!Objects.equals(step.state(), configuration.state())) {
            reach(configuration.spending(slot, step.state()));
        }
    }
}
