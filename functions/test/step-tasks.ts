/** Tasks of steps in a queue of a real server, for tests that fill it by hand. */

/** The kind of a task queue, by Temporal's number. */
export const NORMAL = 1;

/** Temporal's CommandType, by its number. */
const SCHEDULE_ACTIVITY_TASK = 1;

/** A time as Temporal's messages hold it. */
const seconds = (count: number) => ({ seconds: count as never });

/** The commands by which a workflow task schedules as many tasks of steps as said in `taskQueue`. */
export const stepTasks = (taskQueue: string, tasks: number) =>
  Array.from({ length: tasks }, (_, index) => ({
    commandType: SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId: String(index),
      activityType: { name: 'estimation' },
      taskQueue: { name: taskQueue, kind: NORMAL },
      startToCloseTimeout: seconds(600),
    },
  }));
