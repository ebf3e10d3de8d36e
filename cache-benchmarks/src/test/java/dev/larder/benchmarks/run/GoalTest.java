package dev.larder.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {

    @Test
    void nineTenthsOfARatioAreEnough() {
        Goal goal = Goal.ratio(2);

        assertThat(goal.isReachedBy(1.8, 0, 0, 0)).isTrue();
        assertThat(goal.isReachedBy(1.79, 0, 0, 0)).isFalse();
    }

    @Test
    void fullGoalMustBeReachedWhole() {
        Goal goal = Goal.fully(0.9, 3);

        assertThat(goal.isReachedBy(0.9, 3, 0, 0)).isTrue();
        assertThat(goal.isReachedBy(0.89, 3, 0, 0)).isFalse();
        assertThat(goal.isReachedBy(0.9, 2.99, 0, 0)).isFalse();
    }

    @Test
    void allocationMustBeLowAsWell() {
        Goal goal = Goal.ratio(1).allocating(90);

        assertThat(goal.isReachedBy(1, 0, 100, 0)).isTrue();
        assertThat(goal.isReachedBy(1, 0, 102, 0)).isFalse();
    }

    @Test
    void noAllocationMeansLessThanProfilersMake() {
        Goal goal = Goal.ratio(1).allocating(0);

        assertThat(goal.isReachedBy(1, 0, 0.4, 0)).isTrue();
        assertThat(goal.isReachedBy(1, 0, 16, 0)).isFalse();
    }

    @Test
    void scoreMustBeLow() {
        Goal goal = Goal.score(72);

        assertThat(goal.isReachedBy(Double.NaN, 0, Double.NaN, 80)).isTrue();
        assertThat(goal.isReachedBy(Double.NaN, 0, Double.NaN, 81)).isFalse();
    }

    @Test
    void soMuchMoreThanTheBaselineIsAllowedAndNoMore() {
        Goal goal = Goal.above(60);

        assertThat(goal.allows(60)).isTrue();
        assertThat(goal.allows(61)).isFalse();
        assertThat(goal.allows(Double.NaN)).isFalse();
        assertThat(Goal.ratio(1).allows(Double.NaN)).isTrue();
    }

    @Test
    void whatWasNotMeasuredIsNotReached() {
        assertThat(Goal.ratio(1).isReachedBy(Double.NaN, 0, 0, 0)).isFalse();
        assertThat(Goal.score(72).isReachedBy(1, 0, 0, Double.NaN)).isFalse();
    }
}
