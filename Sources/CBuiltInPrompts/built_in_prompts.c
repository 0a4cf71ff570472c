// The compiler reads the files themselves, so the copy in the program cannot differ from `Prompts/`. A new file there
// is named here; a test compares the list with the folder. The order is that in which they are read: the keys after the
// functions that they may stand for, the contract after the agreement that it is filled in from.
#include "built_in_prompts.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const char vocabulary[] = {
#embed "../../Prompts/vocabulary.md"
};
static const char keys[] = {
#embed "../../Prompts/keys.md"
};
static const char challenges[] = {
#embed "../../Prompts/challenges.md"
};
static const char meetings_agreement[] = {
#embed "../../Prompts/meetings/agreement.md"
};
static const char meetings_pre_lesson[] = {
#embed "../../Prompts/meetings/pre-lesson.md"
};
static const char meetings_lesson[] = {
#embed "../../Prompts/meetings/lesson.md"
};
static const char meetings_post_lesson[] = {
#embed "../../Prompts/meetings/post-lesson.md"
};
static const char meetings_review[] = {
#embed "../../Prompts/meetings/review.md"
};
static const char techniques[] = {
#embed "../../Prompts/techniques.md"
};
static const char contract[] = {
#embed "../../Prompts/contract.md"
};
static const char levels[] = {
#embed "../../Prompts/levels.md"
};
static const char nudges[] = {
#embed "../../Prompts/nudges.md"
};
static const char themes_assessment_for_learning[] = {
#embed "../../Prompts/themes/assessment-for-learning.md"
};
static const char themes_behaviour_for_learning[] = {
#embed "../../Prompts/themes/behaviour-for-learning.md"
};
static const char themes_classroom_talk[] = {
#embed "../../Prompts/themes/classroom-talk.md"
};
static const char themes_engagement_and_motivation[] = {
#embed "../../Prompts/themes/engagement-and-motivation.md"
};
static const char themes_group_work[] = {
#embed "../../Prompts/themes/group-work.md"
};
static const char themes_starters_and_plenaries[] = {
#embed "../../Prompts/themes/starters-and-plenaries.md"
};
static const char guide_what_coaching_is[] = {
#embed "../../Prompts/guide/what-coaching-is.md"
};
static const char guide_why_coach[] = {
#embed "../../Prompts/guide/why-coach.md"
};
static const char guide_coaching_review[] = {
#embed "../../Prompts/guide/coaching-review.md"
};
static const char guide_coaching_cycle[] = {
#embed "../../Prompts/guide/coaching-cycle.md"
};
static const char guide_video[] = {
#embed "../../Prompts/guide/video.md"
};
static const char guide_themes[] = {
#embed "../../Prompts/guide/themes.md"
};
static const char guide_talk[] = {
#embed "../../Prompts/guide/talk.md"
};
static const char guide_levels[] = {
#embed "../../Prompts/guide/levels.md"
};
static const char guide_leading_coaching[] = {
#embed "../../Prompts/guide/leading-coaching.md"
};

#define FILE_OF(name, bytes) {name ".md", bytes, sizeof bytes}
static const struct built_in_prompt files[] = {
  FILE_OF("vocabulary", vocabulary),
  FILE_OF("keys", keys),
  FILE_OF("challenges", challenges),
  FILE_OF("meetings/agreement", meetings_agreement),
  FILE_OF("meetings/pre-lesson", meetings_pre_lesson),
  FILE_OF("meetings/lesson", meetings_lesson),
  FILE_OF("meetings/post-lesson", meetings_post_lesson),
  FILE_OF("meetings/review", meetings_review),
  FILE_OF("techniques", techniques),
  FILE_OF("contract", contract),
  FILE_OF("levels", levels),
  FILE_OF("nudges", nudges),
  FILE_OF("themes/assessment-for-learning", themes_assessment_for_learning),
  FILE_OF("themes/behaviour-for-learning", themes_behaviour_for_learning),
  FILE_OF("themes/classroom-talk", themes_classroom_talk),
  FILE_OF("themes/engagement-and-motivation", themes_engagement_and_motivation),
  FILE_OF("themes/group-work", themes_group_work),
  FILE_OF("themes/starters-and-plenaries", themes_starters_and_plenaries),
  FILE_OF("guide/what-coaching-is", guide_what_coaching_is),
  FILE_OF("guide/why-coach", guide_why_coach),
  FILE_OF("guide/coaching-review", guide_coaching_review),
  FILE_OF("guide/coaching-cycle", guide_coaching_cycle),
  FILE_OF("guide/video", guide_video),
  FILE_OF("guide/themes", guide_themes),
  FILE_OF("guide/talk", guide_talk),
  FILE_OF("guide/levels", guide_levels),
  FILE_OF("guide/leading-coaching", guide_leading_coaching),
};

size_t built_in_prompt_count(void) { return sizeof files / sizeof files[0]; }

struct built_in_prompt built_in_prompt(size_t index) { return files[index]; }
