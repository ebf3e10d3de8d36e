package dev.larder.testkit.interleave;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One thread of a run. It goes on when it is told to, up to its next point. */
final class Actor implements Runnable {

    /** The point at which every actor stands first. */
    static final String START = "start";

    private static final int NEVER = 0;

    /** Where an actor is. */
    private enum Phase {
        /** Told to go on, and not yet awake. */
        CALLED,
        /** On its way to the next point, or waiting for something that is no point. */
        AWAY,
        AT_POINT,
        ENDED
    }

    /** Ends an actor in the middle of what it does, as the end of its JVM would. */
    private static final class Crash extends Error {

        private static final long serialVersionUID = 1L;

        Crash(String actor, String point) {
            super(actor + " dies at \"" + point + "\"", null, false, false);
        }
    }

    private final String name;
    private final Interleaving.Action action;
    private final Thread director;
    private final Thread thread;

    /** What is written before the phase changes is read after. */
    private volatile Phase phase = Phase.CALLED;

    private String point = START;
    private int passed;
    private int crashAt = NEVER;
    private boolean waitedTimed;
    private volatile boolean dead;
    private @Nullable Throwable failure;

    /** Creates one whose steps are directed by this thread. */
    Actor(String name, Interleaving.Action action) {
        this.name = name;
        this.action = action;
        this.director = Thread.currentThread();
        this.thread = new Thread(this, "actor " + name);
        thread.setDaemon(true);
    }

    String name() {
        return name;
    }

    void crashAt(int number) {
        crashAt = number;
    }

    void start() {
        thread.start();
    }

    boolean isThisThread() {
        return thread == Thread.currentThread();
    }

    @Override
    public void run() {
        try {
            standAt(START);
            action.run();
        } catch (Throwable e) {
            // what it went through after its death concerns nobody
            failure = dead ? null : e;
        } finally {
            turn(Phase.ENDED);
        }
    }

    /** Stands at a point until it is told to go on; called on the actor's own thread. */
    void reach(String name) {
        if (!dead) {
            standAt(name);
            passed++;
            if (passed == crashAt) {
                dead = true;
            }
        }
        if (dead) {
            throw new Crash(this.name, name);
        }
    }

    private void standAt(String name) {
        point = name;
        turn(Phase.AT_POINT);
        boolean interrupted = false;
        while (phase == Phase.AT_POINT) {
            LockSupport.park();
            interrupted |= Thread.interrupted();
        }
        turn(Phase.AWAY);
        if (interrupted) {
            thread.interrupt();
        }
    }

    private void turn(Phase next) {
        phase = next;
        LockSupport.unpark(director);
    }

    /** Lets it leave the point at which it stands. */
    void goOn() {
        waitedTimed = false;
        phase = Phase.CALLED;
        LockSupport.unpark(thread);
    }

    /** Ends it at its next point, or where it waits. */
    void abandon() {
        dead = true;
        if (phase == Phase.AT_POINT) {
            goOn();
        }
        thread.interrupt();
    }

    boolean isAtPoint() {
        return phase == Phase.AT_POINT;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    boolean hasCrashed() {
        return dead;
    }

    /** Returns what it threw, if it has ended so. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Tells what the director sees of it now. Who waits with a timeout once may be somebody who looks again and again. */
    Activity activity() {
        // in this order: an actor that is away was not yet at its point when its thread was looked at
        Thread.State state = thread.getState();
        Phase now = phase;
        if (now == Phase.AT_POINT || now == Phase.ENDED) {
            return Activity.STILL;
        }
        if (now == Phase.CALLED) {
            return Activity.RUNNING;
        }
        waitedTimed |= state == Thread.State.TIMED_WAITING;
        if (waitedTimed) {
            return Activity.WAITING_TIMED;
        }
        if (state != Thread.State.WAITING && state != Thread.State.BLOCKED) {
            return Activity.RUNNING;
        }
        return Obstacle.isGone(thread) ? Activity.WAKING : Activity.WAITING;
    }

    /** Returns where it stands, for the record. */
    String position() {
        return name + "@" + point;
    }

    /** Says where it is and shows its stack, for whoever must find out why a run does not go on. */
    String describe() {
        StringBuilder text = new StringBuilder("  ").append(name);
        if (hasEnded()) {
            return text.append(" has ended\n").toString();
        }
        text.append(isAtPoint() ? " stands" : " is " + thread.getState() + " since it stood");
        text.append(" at \"").append(point).append("\"\n");
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append("    at ").append(frame).append('\n');
        }
        return text.toString();
    }
}
